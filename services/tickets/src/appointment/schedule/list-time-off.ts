import { pageQuery, type PageRequest } from '@riparo/shared/http/pagination';
import { list } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type Joi from 'joi';
import { timeOffOf } from '../../technician/time-off.js';
import { dayOrInstant } from '@riparo/shared/http/schemas';
import type { DayOrInstant } from '@riparo/shared/time/local-day';
import { beginOf, endOf } from '../../kernel/day-or-instant.js';
import type { ScheduleDeps } from './dependencies.js';
import { technicianFor } from './schedule.access.js';
import { viewTimeOff } from './time-off.view.js';

interface Filters {
  readonly from?: DayOrInstant;
  readonly to?: DayOrInstant;
}
type Query = PageRequest & Filters;

export const listTimeOffQuery: Joi.ObjectSchema<Query> = pageQuery<Filters>(['from'], { from: dayOrInstant(), to: dayOrInstant() });

/** Times off that touch the window. They are in the technician's own document, some hundred at most. */
export const listTimeOff =
  ({ technicians, rulesOf }: Pick<ScheduleDeps, 'technicians' | 'rulesOf'>) =>
  async ({ caller, params, query }: Call<unknown, Query, { technicianId: string }>): Promise<Reply> => {
    const technician = await technicianFor(technicians, caller, params.technicianId);
    const { timeZone } = await rulesOf(caller.tenantId);
    const { page, pageSize, sort } = query;
    const from = query.from === undefined ? -Infinity : beginOf(query.from, timeZone);
    const to = query.to === undefined ? Infinity : endOf(query.to, timeZone);
    const found = timeOffOf(technician)
      .filter((entry) => entry.from.getTime() < to && entry.to.getTime() > from)
      .toSorted((a, b) => a.from.getTime() - b.from.getTime() || (a.id < b.id ? -1 : 1));
    const ordered = sort.startsWith('-') ? found.toReversed() : found;
    const items = ordered.slice((page - 1) * pageSize, page * pageSize).map((entry) => viewTimeOff(technician.id, entry));
    return list({ items, page, pageSize, totalCount: found.length });
  };
