import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import { isDomainError } from '@riparo/shared/errors/domain-error';
import { addressSchema, type Address } from '@riparo/shared/http/customer-schema';
import { created, ok } from '@riparo/shared/http/reply';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import { uuid } from '@riparo/shared/http/schemas';
import type { Repository } from '@riparo/shared/persistence/repository';
import { serialKeysOf } from '@riparo/shared/text/serial-key';
import Joi from 'joi';
import type { FirstLocation } from '../location/first-location.js';
import { nameOf, publishAsset, type Asset, type AssetFields } from './asset.js';
import { assetWithoutPlace } from './asset.errors.js';
import { newAssetFields } from './asset.schema.js';
import type { CreateAsset } from './create-asset.js';

type Device = Pick<AssetFields, 'category' | 'brand' | 'model' | 'serialNumber' | 'purchaseDate' | 'warrantyEndDate'>;

interface Body {
  readonly customerId: string;
  readonly actorUserId: string;
  readonly device: Device;
  /** Where a new one is; left out: the customer's primary location. */
  readonly locationId?: string;
  /** For a customer without any location. */
  readonly address?: Address;
}
interface Query {
  readonly tenantId: string;
}

const { category, brand, model, serialNumber, purchaseDate, warrantyEndDate } = newAssetFields;

export const findOrMakeAssetInput = {
  query: Joi.object<Query>({ tenantId: Joi.string().max(64).default(DEFAULT_TENANT) }),
  body: Joi.object<Body>({
    customerId: uuid().required(),
    actorUserId: uuid().required(),
    device: Joi.object<Device>({ category, brand, model, serialNumber, purchaseDate, warrantyEndDate }).required(),
    locationId: uuid(),
    address: addressSchema,
  }),
};

interface Deps {
  readonly assets: Repository<Asset>;
  readonly firstLocation: FirstLocation;
  readonly createAsset: CreateAsset;
}

const isTaken = (error: unknown): boolean => isDomainError(error) && error.code === 'SERIAL_NUMBER_TAKEN';

/**
 * For the repair desk, which knows a device by its serial number and whose it is: the one that is not retired, or a new
 * one. The asking service vouches for the customer. 409 ASSET_WITHOUT_PLACE when nobody knows where a new one would be.
 */
export const findOrMakeAsset =
  ({ assets, firstLocation, createAsset }: Deps) =>
  async ({ body, ids, now, query: { tenantId } }: PublicCall<Body, Query>): Promise<Reply> => {
    const { customerId, actorUserId: userId, device, address } = body;
    const find = () => assets.in(tenantId).findOne({ customerId, serialKey: { $in: serialKeysOf(device.serialNumber) } });
    const answer = (asset: Asset) => ({ ...publishAsset(asset), version: asset.version });
    const known = await find();
    if (known !== undefined) return ok(answer(known));
    const [id, newLocationId] = [ids.next(), ids.next()];
    const locationId = body.locationId ?? (await firstLocation({ tenantId, customerId, address, id: newLocationId, now }));
    if (locationId === undefined) throw assetWithoutPlace();
    const friendlyName = nameOf(device);
    try {
      const asset = await createAsset({ tenantId, userId }, { ...device, id, customerId, locationId, friendlyName }, now);
      return created(`/assets/${asset.id}`, answer(asset));
    } catch (error) {
      const overtakenBy = isTaken(error) ? await find() : undefined;
      if (overtakenBy === undefined) throw error;
      return ok(answer(overtakenBy));
    }
  };
