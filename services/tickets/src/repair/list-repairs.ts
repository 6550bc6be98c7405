import { periodFields, withMoments, type Asked, type Period } from '@riparo/shared/http/period';
import type { Caller } from '@riparo/shared/contracts/caller';
import { REPAIR_SOURCES, REPAIR_STATUSES, type RepairSource, type RepairStatus } from '@riparo/shared/contracts/enums';
import { isDesk } from '@riparo/shared/contracts/roles';
import { pageQuery, toSort, type PageRequest } from '@riparo/shared/http/pagination';
import { list } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { code, oneOf, uuid } from '@riparo/shared/http/schemas';
import { searchText } from '@riparo/shared/http/search';
import { serialKeysOf } from '@riparo/shared/text/serial-key';
import Joi from 'joi';
import { all, HAS_CUT_WORDS, periodOf, searchOf, type Filter } from '../kernel/list-filters.js';
import { compact } from '@riparo/shared/json/compact';
import { localDateOf } from '../kernel/day-or-instant.js';
import type { RepairDeps } from './dependencies.js';
import { nextStepOf, waitingOf } from './pickup/schedule.js';
import { UNLISTED, viewRepairs } from './repair.view.js';
import { isStaffCaller, QUEUE } from '../kernel/held.js';

interface Filters extends Period {
  readonly status?: RepairStatus;
  readonly source?: RepairSource;
  readonly customerId?: string;
  readonly assetId?: string;
  readonly assignedTo?: string;
  readonly unassigned?: boolean;
  readonly active?: boolean;
  readonly serialNumber?: string;
  readonly number?: string;
  readonly search?: string;
  readonly uncollected?: true;
  readonly overpaid?: true;
  readonly abandonRequested?: true;
}
type Query = PageRequest & Filters;

const SORTS = ['createdAt', 'updatedAt', 'estimatedCompletionAt'] as const;

export const listRepairsQuery: Joi.ObjectSchema<Asked<Query>> = pageQuery<Asked<Filters>>(SORTS, {
  status: oneOf(REPAIR_STATUSES),
  source: oneOf(REPAIR_SOURCES),
  customerId: uuid(),
  assetId: uuid(),
  assignedTo: uuid(),
  unassigned: Joi.boolean(),
  active: Joi.boolean(),
  serialNumber: code(100),
  number: code(30).uppercase(),
  uncollected: Joi.boolean().valid(true).description('Devices that nobody has collected in time, the longest first, with the next step.'),
  overpaid: Joi.boolean().valid(true).description('Repairs with money to give back, canceled and closed ones too.'),
  abandonRequested: Joi.boolean().valid(true).description('For staff: devices whose giving up waits for a second administrator.'),
  ...periodFields(),
  search: searchText('number, device, problem and customer'),
});

/** The repairs that the caller may see at all. The filters of the query are added with "and", so no filter can widen this. */
const scopeOf = ({ customerId, role, userId }: Caller): readonly Filter[] => {
  if (customerId !== undefined) return [{ customerId }];
  return isDesk(role) ? [] : [{ holder: { $in: [userId, QUEUE] } }];
};

const EQUAL = ['status', 'source', 'customerId', 'assetId', 'active', 'number'] as const;

const holderOf = ({ assignedTo, unassigned }: Query): readonly Filter[] => [
  ...(assignedTo === undefined ? [] : [{ holder: assignedTo }]),
  ...(unassigned === undefined ? [] : [unassigned ? { holder: QUEUE } : { assignedToUserId: { $exists: true } }]),
];

const serialOf = ({ serialNumber }: Query): readonly Filter[] =>
  serialNumber === undefined ? [] : [{ serialKey: { $in: serialKeysOf(serialNumber) } }];

const filterOf = (caller: Caller, query: Query, now: Date): Filter =>
  all([
    ...scopeOf(caller),
    ...EQUAL.filter((field) => query[field] !== undefined).map((field) => ({ [field]: query[field] })),
    ...holderOf(query),
    ...serialOf(query),
    ...(query.uncollected === undefined ? [] : [{ leftBehindAt: { $lte: now } }]),
    ...(query.overpaid === undefined ? [] : [{ overpaid: true }]),
    // Customers are not told that somebody asked.
    ...(query.abandonRequested === undefined ? [] : [{ abandonRequested: { $in: isStaffCaller(caller) ? [true] : [] } }]),
    ...periodOf(query),
    ...searchOf(query),
  ]);

const BY_WAITING = { leftBehindAt: 1, id: 1 } as const;
const LONGEST_FIRST = { sort: BY_WAITING, hint: BY_WAITING };

const nextStep = (repair: Parameters<typeof waitingOf>[0], today: string, timeZone: string) => {
  const waiting = waitingOf(repair, timeZone);
  return waiting && nextStepOf(waiting, today);
};

/** `GET /repairs`. Sorted by estimate, repairs without one come last. */
export const listRepairs =
  ({ repairs, replicas, rulesOf }: Pick<RepairDeps, 'repairs' | 'replicas' | 'rulesOf'>) =>
  async ({ caller, query: asked, now }: Call<unknown, Asked<Query>>): Promise<Reply> => {
    const { timeZone } = await rulesOf(caller.tenantId);
    const query: Query = withMoments(asked, timeZone);
    const { page, pageSize, sort, search, uncollected } = query;
    const order = uncollected === undefined ? { sort: toSort(sort.replace('estimatedCompletionAt', 'dueOrder')) } : LONGEST_FIRST;
    const inTenant = repairs.in(caller.tenantId);
    const found = await inTenant.page({ filter: filterOf(caller, query, now), ...order, page, pageSize, leaveOut: UNLISTED });
    const searchIsPartial = search !== undefined && (await inTenant.count(all([...scopeOf(caller), HAS_CUT_WORDS]), { upTo: 1 })) > 0;
    const items = await viewRepairs(replicas, caller, found.items);
    const today = localDateOf(now, timeZone);
    const steps = uncollected === undefined || !isStaffCaller(caller) ? [] : found.items.map((repair) => nextStep(repair, today, timeZone));
    return list({ ...found, searchIsPartial, items: items.map((item, index) => compact({ ...item, nextStep: steps[index] })) });
  };
