import { toSort, type PageRequest } from '@riparo/shared/http/pagination';
import { list, ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { ownOf, seesAll } from './report-schedule.access.js';
import { viewSchedule } from './report-schedule.js';
import type { ReportSchedules } from './report-schedule.repository.js';

interface Deps {
  readonly reportSchedules: ReportSchedules;
}

export const listSchedules =
  ({ reportSchedules }: Deps) =>
  async ({ caller, query: { page, pageSize, sort } }: Call<unknown, PageRequest>): Promise<Reply> => {
    const filter = seesAll(caller) ? {} : { ownerUserId: caller.userId };
    const found = await reportSchedules.in(caller.tenantId).page({ filter, sort: toSort(sort), page, pageSize });
    return list({ ...found, items: found.items.map(viewSchedule) });
  };

export const getSchedule =
  ({ reportSchedules }: Deps) =>
  async ({ caller, params }: Call<unknown, unknown, { id: string }>): Promise<Reply> =>
    ok(viewSchedule(ownOf(caller, await reportSchedules.in(caller.tenantId).find(params.id))));
