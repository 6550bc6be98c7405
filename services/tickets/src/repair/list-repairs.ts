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
import type { RepairDeps } from './dependencies.js';
import { UNLISTED, viewRepairs } from './repair.view.js';
import { QUEUE } from '../kernel/held.js';

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

const filterOf = (caller: Caller, query: Query): Filter =>
  all([
    ...scopeOf(caller),
    ...EQUAL.filter((field) => query[field] !== undefined).map((field) => ({ [field]: query[field] })),
    ...holderOf(query),
    ...serialOf(query),
    ...periodOf(query),
    ...searchOf(query),
  ]);

/** `GET /repairs`. Sorted by estimate, repairs without one come last. */
export const listRepairs =
  ({ repairs, replicas, rulesOf }: Pick<RepairDeps, 'repairs' | 'replicas' | 'rulesOf'>) =>
  async ({ caller, query: asked }: Call<unknown, Asked<Query>>): Promise<Reply> => {
    const query: Query = withMoments(asked, (await rulesOf(caller.tenantId)).timeZone);
    const { page, pageSize, sort, search } = query;
    const order = toSort(sort.replace('estimatedCompletionAt', 'dueOrder'));
    const inTenant = repairs.in(caller.tenantId);
    const found = await inTenant.page({ filter: filterOf(caller, query), sort: order, page, pageSize, leaveOut: UNLISTED });
    const searchIsPartial = search !== undefined && (await inTenant.count(all([...scopeOf(caller), HAS_CUT_WORDS]), { upTo: 1 })) > 0;
    return list({ ...found, searchIsPartial, items: await viewRepairs(replicas, caller, found.items) });
  };
