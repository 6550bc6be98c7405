import type { PublishedAsset } from '@riparo/shared/contracts/assets.events';
import type { RepairDevice } from '@riparo/shared/contracts/repairs.events';
import { isDomainError } from '@riparo/shared/errors/domain-error';
import type { Address } from '@riparo/shared/http/customer-schema';
import type { InternalClient } from '@riparo/shared/http/internal-client';
import type { CustomerLookup } from '../../replica/customer-lookup.js';
import { derivedIdempotencyKey } from '../../replica/derived-key.js';
import type { Replicas } from '../../replica/replicas.js';

export interface DeviceRequest {
  readonly tenantId: string;
  readonly customerId: string;
  readonly actorUserId: string;
  readonly device: RepairDevice;
  readonly locationId?: string;
  /** What was written down just now; else the one that auth knows, should it be needed. */
  readonly address?: Address;
  /** What repeats when the request does. */
  readonly cause: string;
}

/**
 * The customer's device with that serial number, registered if there is none. `undefined` when nobody knows where it
 * would be: a device needs a location, and the sheet holds all the same what the workshop needs.
 */
export type RegisterDevice = (request: DeviceRequest) => Promise<PublishedAsset | undefined>;

type Versioned = PublishedAsset & { readonly version: number };

const isWithoutPlace = (error: unknown): boolean => isDomainError(error) && error.code === 'ASSET_WITHOUT_PLACE';

/** Throws 503 when the assets service is away. */
export const createRegisterDevice = (
  { assets }: Pick<Replicas, 'assets'>,
  client: InternalClient,
  customerLookup: Pick<CustomerLookup, 'addressOf'>,
): RegisterDevice => {
  const ask = async (request: DeviceRequest, address: Address | undefined): Promise<PublishedAsset> => {
    const { tenantId, customerId, actorUserId, locationId } = request;
    const { category, brand, model, serialNumber, purchaseDate, warrantyEndDate } = request.device;
    const device = { category, brand, model, serialNumber, purchaseDate, warrantyEndDate };
    const question = { customerId, actorUserId, device, locationId, address };
    const path = `/internal/assets?tenantId=${encodeURIComponent(tenantId)}`;
    const { version, ...asset } = await client.post<Versioned>(path, question, derivedIdempotencyKey(request.cause, question));
    // As with customers: what is newer of a known one is the event's to tell.
    if ((await assets.find(tenantId, asset.id)) === undefined) await assets.in(tenantId).keep(asset.id, version, asset);
    return asset;
  };
  return async (request) => {
    try {
      return await ask(request, request.address);
    } catch (error) {
      if (!isWithoutPlace(error)) throw error;
      const address = request.address ?? (await customerLookup.addressOf(request.tenantId, request.customerId));
      return address === undefined ? undefined : ask(request, address);
    }
  };
};
