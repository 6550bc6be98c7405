import type { PageRequest } from '@riparo/shared/http/pagination';
import type { Call, Reply } from '@riparo/shared/http/route';
import { pageOfActivities } from '../conversation/list-activities.js';
import type { RepairDeps } from './dependencies.js';
import { visibleTo } from './repair.access.js';

/** `GET /repairs/:id/activities`. */
export const listRepairActivities =
  ({ repairs, replicas }: Pick<RepairDeps, 'repairs' | 'replicas'>) =>
  async ({ caller, params: { id }, query }: Call<unknown, PageRequest, { id: string }>): Promise<Reply> => {
    const { activities } = visibleTo(caller, await repairs.in(caller.tenantId).findWhole(id));
    return pageOfActivities(replicas, caller, { repairId: id }, activities, query);
  };
