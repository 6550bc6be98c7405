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
import type { HistoryEntry, HistoryType } from './history.js';
import type { FindNames } from './find-names.js';
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
  readonly findNames: FindNames;
}

interface Names {
  readonly people: ReadonlyMap<string, PublishedUser>;
  readonly things: ReadonlyMap<string, string>;
}

const person = (id: string | undefined, names: Names) => (id === undefined ? undefined : { id, name: names.people.get(id)?.name });

const nameOf = (id: string | undefined, names: Names): string | undefined => (id === undefined ? undefined : names.things.get(id));

const viewEntry = (entry: HistoryEntry, names: Names, forCustomer: boolean) => {
  const { id, at, type, actorUserId, technicianId, ticket, appointment, repair, problem, resolution, from: was, to } = entry;
  // Who had it before is between the desk and them.
  const from = forCustomer && type === 'HANDED_OVER' ? undefined : was;
  return {
    id,
    at,
    type,
    by: person(actorUserId, names),
    assignedTo: person(technicianId, names),
    ticket,
    appointment,
    repair,
    problem,
    resolution,
    from,
    fromName: nameOf(from, names),
    to,
    toName: nameOf(to, names),
  };
};

/** Of these `from` and `to` are ids, whose names a reader wants to see. */
const NAMED: readonly HistoryType[] = ['MOVED', 'PLAN_CHANGED', 'HANDED_OVER'];

const thingsOf = (entries: readonly HistoryEntry[]): readonly string[] =>
  entries.filter(({ type }) => NAMED.includes(type)).flatMap(({ from, to }) => [from, to].filter((id) => id !== undefined));

/** Newest first. Customers see what happened while the device was theirs; staff see all of it. */
export const getAssetHistory =
  ({ assets, history, users, findNames }: Deps) =>
  async ({ caller, params: { id }, query }: Call<unknown, Paging, { id: string }>): Promise<Reply> => {
    const { tenantId, customerId } = caller;
    const asset = await assets.in(tenantId).find(id);
    if (asset === undefined || mayNotSee(caller, asset.customerId)) throw assetNotFound();
    const found = await history.page(tenantId, { assetId: id, customerId, ...query });
    const people = found.items.flatMap(({ actorUserId, technicianId }) => [actorUserId ?? [], technicianId ?? []].flat());
    const [knownPeople, things] = await Promise.all([users.in(tenantId).findMany(people), findNames(tenantId, thingsOf(found.items))]);
    const names = { people: knownPeople, things };
    return list({ ...found, items: found.items.map((entry) => viewEntry(entry, names, customerId !== undefined)) });
  };
