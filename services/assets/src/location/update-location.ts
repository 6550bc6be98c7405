import Joi from 'joi';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { ChangeHoldings } from '../holdings/change-holdings.js';
import { makePrimary } from '../holdings/holdings.js';
import type { FindPrimaries } from '../holdings/find-primaries.js';
import type { ApplyHoldings } from '../holdings/apply-holdings.js';
import { mayNotSee } from '../owner.js';
import { editLocation, type Location, type LocationEdit } from './location.js';
import { locationNotFound, primaryLocationRequired } from './location.errors.js';
import { editedLocationFields } from './location.schema.js';
import { viewLocation } from './location.view.js';

export type ChangedLocation = LocationEdit & { readonly isPrimary?: boolean };
export const updateLocationBody = Joi.object<ChangedLocation>(editedLocationFields).min(1);

interface Deps {
  readonly locations: Repository<Location>;
  readonly changeHoldings: ChangeHoldings;
  readonly applyHoldings: ApplyHoldings;
  readonly findPrimaries: FindPrimaries;
}

export const updateLocation =
  ({ locations, changeHoldings, applyHoldings, findPrimaries }: Deps) =>
  async ({ caller, params: { id }, body, ifMatch, now }: Call<ChangedLocation, unknown, { id: string }>): Promise<Reply> => {
    const { isPrimary, ...edit } = body;
    const { tenantId } = caller;
    const ours = locations.in(tenantId);
    const before = await ours.find(id);
    if (before === undefined || mayNotSee(caller, before.customerId)) throw locationNotFound();
    const { customerId } = before;
    const isPrimaryNow = async (): Promise<boolean> => (await findPrimaries(tenantId, [customerId])).get(customerId) === id;
    if (isPrimary === false && (await isPrimaryNow())) throw primaryLocationRequired();

    await ours.update(id, (location) => editLocation(location, edit), { ifMatch });
    if (isPrimary === true) {
      await changeHoldings(tenantId, customerId, async (holdings) => makePrimary(holdings, id, now));
      await applyHoldings(tenantId, customerId);
    }
    const after = await ours.find(id);
    if (after === undefined) throw locationNotFound();
    return ok(viewLocation(after, await isPrimaryNow()));
  };
