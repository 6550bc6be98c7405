import Joi from 'joi';
import { created } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { uuid } from '@riparo/shared/http/schemas';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { ChangeHoldings } from '../holdings/change-holdings.js';
import { makePrimary, markUnfinished } from '../holdings/holdings.js';
import type { FindPrimaries } from '../holdings/find-primaries.js';
import type { ApplyHoldings } from '../holdings/apply-holdings.js';
import type { FindOwner } from '../owner.js';
import { locationAdded, type Location, type LocationFields } from './location.js';
import { locationLimitReached } from './location.errors.js';
import { newLocationFields } from './location.schema.js';
import { viewLocation } from './location.view.js';

export interface NewLocation extends LocationFields {
  readonly isPrimary?: boolean;
  /** Staff only. */
  readonly customerId?: string;
}
export const addLocationBody = Joi.object<NewLocation>({ ...newLocationFields, customerId: uuid() });

export const MAX_LOCATIONS = 500;

interface Deps {
  readonly locations: Repository<Location>;
  readonly changeHoldings: ChangeHoldings;
  readonly applyHoldings: ApplyHoldings;
  readonly findPrimaries: FindPrimaries;
  readonly findOwner: FindOwner;
}

/** The first one is primary, asked for or not. Marked as unsettled before, so that a crash in between is put right. */
export const addLocation =
  ({ locations, changeHoldings, applyHoldings, findPrimaries, findOwner }: Deps) =>
  async ({ caller, body, ids, now }: Call<NewLocation>): Promise<Reply> => {
    const { isPrimary: wanted = false, customerId: named, ...fields } = body;
    const { tenantId } = caller;
    const customerId = await findOwner(caller, named);
    const ours = locations.in(tenantId);
    const id = ids.next();
    if ((await ours.count({ customerId })) >= MAX_LOCATIONS) throw locationLimitReached(MAX_LOCATIONS);

    const holdings = await changeHoldings(tenantId, customerId, async (before) => markUnfinished(before, now));
    const isPrimary = wanted || holdings.primaryLocationId === undefined;
    await ours.insert({ id, customerId, ...fields, isPrimary }, locationAdded);
    await changeHoldings(tenantId, customerId, async (before) =>
      wanted || before.primaryLocationId === undefined ? makePrimary(before, id, now) : before,
    );
    await applyHoldings(tenantId, customerId);

    const [location, primaries] = await Promise.all([ours.find(id), findPrimaries(tenantId, [customerId])]);
    return created(`/locations/${id}`, viewLocation(location as Location, primaries.get(customerId) === id));
  };
