import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { FindPrimaries } from '../holdings/find-primaries.js';
import { mayNotSee } from '../owner.js';
import type { Location } from './location.js';
import { locationNotFound } from './location.errors.js';
import type { Replica } from '@riparo/shared/persistence/replica';
import type { Booking } from '../replica/booking.js';
import { viewLocation } from './location.view.js';
import { visitedLocations } from './visited-locations.js';

interface Deps {
  readonly bookings: Replica<Booking>;
  readonly locations: Repository<Location>;
  readonly findPrimaries: FindPrimaries;
}

export const getLocation =
  ({ locations, bookings, findPrimaries }: Deps) =>
  async ({ caller, params: { id } }: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const location = await locations.in(caller.tenantId).find(id);
    if (location === undefined || mayNotSee(caller, location.customerId)) throw locationNotFound();
    const visited = await visitedLocations({ bookings }, caller);
    if (visited?.includes(id) === false) throw locationNotFound();
    const primaries = await findPrimaries(caller.tenantId, [location.customerId]);
    return ok(viewLocation(location, primaries.get(location.customerId) === id));
  };
