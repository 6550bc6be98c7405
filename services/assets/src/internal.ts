import Joi from 'joi';
import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import { ok } from '@riparo/shared/http/reply';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import type { Repository } from '@riparo/shared/persistence/repository';
import { publishAsset, type Asset } from './asset/asset.js';
import { assetNotFound } from './asset/asset.errors.js';
import { publishLocation, type Location } from './location/location.js';
import { locationNotFound } from './location/location.errors.js';
import { vehicleNotFound } from './vehicle/vehicle.errors.js';
import { publishVehicle, type Vehicle } from './vehicle/vehicle.js';

/** Service tokens carry no tenant, so the asking service names it. */
interface InternalQuery {
  readonly tenantId: string;
}
export const internalQuery = Joi.object<InternalQuery>({ tenantId: Joi.string().max(64).default(DEFAULT_TENANT) });
type InternalCall = PublicCall<unknown, InternalQuery, { id: string }>;

/** The published view with its version, so that the asking service can keep it as it keeps what events bring. */
export const getAssetInternally =
  ({ assets }: { readonly assets: Repository<Asset> }) =>
  async ({ query: { tenantId }, params: { id } }: InternalCall): Promise<Reply> => {
    const asset = await assets.in(tenantId).find(id);
    if (asset === undefined) throw assetNotFound();
    return ok({ ...publishAsset(asset), version: asset.version });
  };

export const getLocationInternally =
  ({ locations }: { readonly locations: Repository<Location> }) =>
  async ({ query: { tenantId }, params: { id } }: InternalCall): Promise<Reply> => {
    const location = await locations.in(tenantId).find(id);
    if (location === undefined) throw locationNotFound();
    return ok({ ...publishLocation(location), version: location.version });
  };

export const getVehicleInternally =
  ({ vehicles }: { readonly vehicles: Repository<Vehicle> }) =>
  async ({ query: { tenantId }, params: { id } }: InternalCall): Promise<Reply> => {
    const vehicle = await vehicles.in(tenantId).find(id);
    if (vehicle === undefined) throw vehicleNotFound();
    return ok({ ...publishVehicle(vehicle), version: vehicle.version });
  };

const MAX_VISITED = 200;

interface VisitQuery extends InternalQuery {
  readonly ids: readonly string[];
}
export const visitQuery = Joi.object<VisitQuery>({
  tenantId: Joi.string().max(64).default(DEFAULT_TENANT),
  ids: Joi.string()
    .max(MAX_VISITED * 37)
    .custom((text: string, helpers) => {
      const ids = text.split(',');
      return ids.length > MAX_VISITED ? helpers.error('any.invalid') : ids;
    })
    .required(),
});

/** Whom to call and how to get in: for the schedule of who visits, and therefore in no event. What is not there is left out. */
export const getVisitDetails =
  ({ locations }: { readonly locations: Repository<Location> }) =>
  async ({ query: { tenantId, ids } }: PublicCall<unknown, VisitQuery>): Promise<Reply> => {
    const found = await locations.in(tenantId).list({ id: { $in: [...ids] } }, { limit: MAX_VISITED });
    return ok(
      found.map(({ id, phone, accessInstructions }) => ({
        id,
        ...(phone === undefined ? {} : { phone }),
        ...(accessInstructions === undefined ? {} : { accessInstructions }),
      })),
    );
  };
