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
  /** The address that was just written down. Missing: auth's address of the customer is used when one is needed. */
  readonly address?: Address;
  /** The same when the request is repeated; idempotency keys are derived from it. */
  readonly cause: string;
}

/**
 * The customer's device with this serial number; a missing one is registered. `undefined` when no location is known for
 * it: a device needs a location. The sheet still has everything that the workshop needs.
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
    // As with customers: a newer version of a known device is left to its event.
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
