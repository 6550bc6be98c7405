import Joi from 'joi';
import type { PublishedUser } from '@riparo/shared/contracts/auth.events';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from '@riparo/shared/http/pagination';
import { list } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Replica } from '@riparo/shared/persistence/replica';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Asset } from '../asset/asset.js';
import { assetNotFound } from '../asset/asset.errors.js';
import { mayNotSee } from '../owner.js';
import type { HistoryEntry } from './history.js';
import type { HistoryStore } from './history.store.js';

interface Paging {
  readonly page: number;
  readonly pageSize: number;
}
export const historyQuery = Joi.object<Paging>({
  page: Joi.number().integer().min(1).max(10_000).default(1),
  pageSize: Joi.number().integer().min(1).max(MAX_PAGE_SIZE).default(DEFAULT_PAGE_SIZE),
});

interface Deps {
  readonly assets: Repository<Asset>;
  readonly history: HistoryStore;
  readonly users: Replica<PublishedUser>;
}
type Names = ReadonlyMap<string, PublishedUser>;

const person = (id: string | undefined, names: Names) => (id === undefined ? undefined : { id, name: names.get(id)?.name });

const viewEntry = (
  { id, at, type, actorUserId, technicianId, ticket, resolution, from, to }: HistoryEntry,
  names: Names,
  forCustomer: boolean,
) => ({
  id,
  at,
  type,
  by: person(actorUserId, names),
  assignedTo: person(technicianId, names),
  ticket,
  resolution,
  // Who had it before is between the desk and them.
  from: forCustomer && type === 'HANDED_OVER' ? undefined : from,
  to,
});

/** Newest first. Customers see what happened while the device was theirs; staff see all of it. */
export const getAssetHistory =
  ({ assets, history, users }: Deps) =>
  async ({ caller, params: { id }, query }: Call<unknown, Paging, { id: string }>): Promise<Reply> => {
    const { tenantId, customerId } = caller;
    const asset = await assets.in(tenantId).find(id);
    if (asset === undefined || mayNotSee(caller, asset.customerId)) throw assetNotFound();
    const found = await history.page(tenantId, { assetId: id, customerId, ...query });
    const people = found.items.flatMap(({ actorUserId, technicianId }) => [actorUserId ?? [], technicianId ?? []].flat());
    const names = await users.in(tenantId).findMany(people);
    return list({ ...found, items: found.items.map((entry) => viewEntry(entry, names, customerId !== undefined)) });
  };
