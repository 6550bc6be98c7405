import type { PageRequest } from '@riparo/shared/http/pagination';
import { pageQuery, toSort } from '@riparo/shared/http/pagination';
import { list } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { uuid } from '@riparo/shared/http/schemas';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { FindPrimaries } from '../holdings/find-primaries.js';
import { listedCustomer } from '../owner.js';
import type { Location } from './location.js';
import { compact } from '@riparo/shared/json/compact';
import type { Replica } from '@riparo/shared/persistence/replica';
import type { Booking } from '../replica/booking.js';
import { viewLocation } from './location.view.js';
import { visitedLocations } from './visited-locations.js';

interface Filters {
  readonly customerId?: string;
}
export const listLocationsQuery = pageQuery<Filters>(['createdAt', 'name'], { customerId: uuid() });

interface Deps {
  readonly bookings: Replica<Booking>;
  readonly locations: Repository<Location>;
  readonly findPrimaries: FindPrimaries;
}

export const listLocations =
  ({ locations, bookings, findPrimaries }: Deps) =>
  async ({ caller, query: { page, pageSize, sort, customerId } }: Call<unknown, PageRequest & Filters>): Promise<Reply> => {
    const owner = listedCustomer(caller, customerId);
    const visited = await visitedLocations({ bookings }, caller);
    const found = await locations.in(caller.tenantId).page({
      filter: compact({ customerId: owner, id: visited === undefined ? undefined : { $in: [...visited] } }),
      // Ids sort by creation.
      sort: toSort(sort.replace('createdAt', 'id')),
      page,
      pageSize,
    });
    const primaries = await findPrimaries(
      caller.tenantId,
      found.items.map((location) => location.customerId),
    );
    return list({
      ...found,
      items: found.items.map((location) => viewLocation(location, primaries.get(location.customerId) === location.id)),
    });
  };
