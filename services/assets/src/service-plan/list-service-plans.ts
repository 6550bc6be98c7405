import { pageQuery, toSort, type PageRequest } from '@riparo/shared/http/pagination';
import { list } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { uuid } from '@riparo/shared/http/schemas';
import type { Repository } from '@riparo/shared/persistence/repository';
import { listedCustomer } from '../owner.js';
import type { TenantDay } from '../tenant-day.js';
import type { FindCoveredCounts } from './covered-counts.js';
import type { ServicePlan } from './service-plan.js';
import { viewServicePlan } from './service-plan.view.js';

interface Filters {
  readonly customerId?: string;
}
export const listServicePlansQuery = pageQuery<Filters>(['createdAt', 'endDate'], { customerId: uuid() });

interface Deps {
  readonly servicePlans: Repository<ServicePlan>;
  readonly findCoveredCounts: FindCoveredCounts;
  readonly tenantDay: TenantDay;
}

export const listServicePlans =
  ({ servicePlans, findCoveredCounts, tenantDay }: Deps) =>
  async ({ caller, query: { page, pageSize, sort, customerId }, now }: Call<unknown, PageRequest & Filters>): Promise<Reply> => {
    const { tenantId } = caller;
    const owner = listedCustomer(caller, customerId);
    const filter = owner === undefined ? {} : { customerId: owner };
    const found = await servicePlans.in(tenantId).page({ filter, sort: toSort(sort.replace('createdAt', 'id')), page, pageSize });
    const ids = found.items.map(({ id }) => id);
    const [today, counts] = await Promise.all([tenantDay(tenantId, now), findCoveredCounts(tenantId, ids)]);
    return list({ ...found, items: found.items.map((plan) => viewServicePlan(plan, today, counts.get(plan.id) ?? 0)) });
  };
