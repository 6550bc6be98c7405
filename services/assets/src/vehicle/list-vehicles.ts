import type { Filter } from 'mongodb';
import { VEHICLE_STATUSES, type VehicleStatus } from '@riparo/shared/contracts/vehicles.events';
import { pageQuery, toSort, type PageRequest } from '@riparo/shared/http/pagination';
import { list } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { oneOf } from '@riparo/shared/http/schemas';
import { searchText } from '@riparo/shared/http/search';
import type { Repository } from '@riparo/shared/persistence/repository';
import { endOfPrefix, searchConditions } from '@riparo/shared/text/search-words';
import { plateOf, type Vehicle } from './vehicle.js';
import { viewVehicle } from './vehicle.view.js';

interface Filters {
  readonly status?: VehicleStatus;
  readonly search?: string;
}
export const listVehiclesQuery = pageQuery<Filters>(['createdAt', 'plate'], {
  status: oneOf(VEHICLE_STATUSES),
  search: searchText('plate, brand and model'),
});

/** `FG 123` also finds the plate FG123HJ, whose parts are no words of their own. */
const searched = (search: string): Filter<Vehicle> => {
  const plate = plateOf(search);
  const words = searchConditions('searchWords', search);
  return { $or: [{ plate: { $gte: plate, $lt: endOfPrefix(plate) } }, ...(words.length === 0 ? [] : [{ $and: [...words] }])] };
};

const filterOf = ({ status, search }: Filters): Filter<Vehicle> => {
  const conditions = [...(status === undefined ? [] : [{ status }]), ...(search === undefined ? [] : [searched(search)])];
  return conditions.length === 0 ? {} : { $and: conditions };
};

export const listVehicles =
  ({ vehicles }: { readonly vehicles: Repository<Vehicle> }) =>
  async ({ caller, query }: Call<unknown, PageRequest & Filters>): Promise<Reply> => {
    const { page, pageSize, sort, ...filters } = query;
    const order = toSort(sort.replace('createdAt', 'id'));
    const found = await vehicles.in(caller.tenantId).page({ filter: filterOf(filters), sort: order, page, pageSize });
    return list({ ...found, items: found.items.map((vehicle) => viewVehicle(vehicle, caller)) });
  };
