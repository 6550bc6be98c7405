import type { PublishedUser } from '@riparo/shared/contracts/auth.events';
import { created, noContent, ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Replica } from '@riparo/shared/persistence/replica';
import type { ZoneOf } from '../counting/up-to-date.js';
import { nextBeatAt } from './beat.js';
import { checkRecipients, ownOf } from './report-schedule.access.js';
import { scheduleNotFound } from './report-schedule.errors.js';
import { removed, rewrite, viewSchedule, write, type ScheduleWish } from './report-schedule.js';
import type { ReportSchedules } from './report-schedule.repository.js';

interface Deps {
  readonly reportSchedules: ReportSchedules;
  readonly users: Replica<PublishedUser>;
  readonly zoneOf: ZoneOf;
}
type OneCall<Body> = Call<Body, unknown, { id: string }>;

/** Nothing is sent at once: the first one goes out with the next beat. */
export const addSchedule =
  ({ reportSchedules, users, zoneOf }: Deps) =>
  async ({ caller, body, ids, now }: Call<ScheduleWish>): Promise<Reply> => {
    await checkRecipients(users, caller, body.recipients);
    const nextAt = nextBeatAt(body, await zoneOf(caller.tenantId), now);
    const saved = await reportSchedules.in(caller.tenantId).insert(write(ids.next(), caller.userId, body, nextAt));
    return created(`/reports/schedules/${saved.id}`, viewSchedule(saved));
  };

/** Replaces the whole schedule; it stays its owner's. */
export const putSchedule =
  ({ reportSchedules, users, zoneOf }: Deps) =>
  async ({ caller, params, body, now, ifMatch }: OneCall<ScheduleWish>): Promise<Reply> => {
    const inTenant = reportSchedules.in(caller.tenantId);
    // Whose it is comes first: 404 also with recipients that are refused.
    ownOf(caller, await inTenant.find(params.id));
    await checkRecipients(users, caller, body.recipients);
    const nextAt = nextBeatAt(body, await zoneOf(caller.tenantId), now);
    const after = await inTenant.update(params.id, (before) => rewrite(ownOf(caller, before), body, nextAt), { ifMatch });
    if (after === undefined) throw scheduleNotFound();
    return ok(viewSchedule(after));
  };

export const removeSchedule =
  ({ reportSchedules }: Pick<Deps, 'reportSchedules'>) =>
  async ({ caller, params, now, ifMatch }: OneCall<unknown>): Promise<Reply> => {
    const decide = (before: Parameters<typeof removed>[0]) => removed(ownOf(caller, before), now);
    if ((await reportSchedules.in(caller.tenantId).update(params.id, decide, { ifMatch })) === undefined) throw scheduleNotFound();
    return noContent();
  };
