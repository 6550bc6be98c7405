import Joi from 'joi';
import type { PublishedUser } from '@riparo/shared/contracts/auth.events';
import { isDesk } from '@riparo/shared/contracts/roles';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from '@riparo/shared/http/pagination';
import { list } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { compact } from '@riparo/shared/json/compact';
import type { Replica } from '@riparo/shared/persistence/replica';
import type { Repository } from '@riparo/shared/persistence/repository';
import { vehicleNotFound } from '../vehicle.errors.js';
import type { Vehicle } from '../vehicle.js';
import type { UseStore } from './use.store.js';
import type { VehicleUse } from './vehicle-use.js';

interface Paging {
  readonly page: number;
  readonly pageSize: number;
}
export const listUsesQuery = Joi.object<Paging>({
  page: Joi.number().integer().min(1).max(100_000).default(1),
  pageSize: Joi.number().integer().min(1).max(MAX_PAGE_SIZE).default(DEFAULT_PAGE_SIZE),
});

interface Deps {
  readonly vehicles: Repository<Vehicle>;
  readonly vehicleUses: UseStore;
  readonly users: Replica<PublishedUser>;
}

const viewUse = (use: VehicleUse & { readonly id: string }, nameOf: (id: string) => string | undefined) => {
  const { vehicleId: _vehicle, technicianId, technicianName, distanceKm, odometer, ...rest } = use;
  const technician = technicianId === undefined ? undefined : { id: technicianId, name: nameOf(technicianId) ?? technicianName ?? '' };
  return compact({ ...rest, technician, odometer, km: odometer === undefined ? distanceKm : odometer.end - odometer.start });
};

/** Where a colleague drove is for the desk to see; technicians see where they drove themselves. */
export const listUses =
  ({ vehicles, vehicleUses, users }: Deps) =>
  async ({ caller, params: { id }, query }: Call<unknown, Paging, { id: string }>): Promise<Reply> => {
    const { tenantId, role, userId } = caller;
    if ((await vehicles.in(tenantId).find(id)) === undefined) throw vehicleNotFound();
    const theirs = isDesk(role) ? undefined : userId;
    const found = await vehicleUses.page(tenantId, { vehicleId: id, technicianId: theirs, ...query });
    const people = await users.in(tenantId).findMany(found.items.flatMap(({ technicianId }) => technicianId ?? []));
    return list({ ...found, items: found.items.map((use) => viewUse(use, (one) => people.get(one)?.name)) });
  };
