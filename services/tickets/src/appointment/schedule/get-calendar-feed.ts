import { notFound } from '@riparo/shared/errors/common-errors';
import { isKnown } from '@riparo/shared/http/entity-tags';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import { DAY_MS } from '@riparo/shared/time/units';
import Joi from 'joi';
import { createHash } from 'node:crypto';
import { byHash, TOKEN_PATTERN } from './calendar-feed.js';
import { CALENDAR_TYPE, calendarFile, forStaff } from './calendar-file.js';
import type { ScheduleDeps } from './dependencies.js';

interface Params {
  readonly token: string;
}
export const feedParams = Joi.object<Params>({ token: Joi.string().pattern(TOKEN_PATTERN).required() });

type Deps = Pick<ScheduleDeps, 'appointments' | 'replicas' | 'technicians' | 'feeds'>;

const DAYS_BACK = 30;
const DAYS_AHEAD = 180;
const MAX_ENTRIES = 5_000;

const entriesOf = async ({ appointments, replicas }: Deps, tenantId: string, technicianId: string, now: Date) => {
  const from = new Date(now.getTime() - DAYS_BACK * DAY_MS);
  const to = new Date(now.getTime() + DAYS_AHEAD * DAY_MS);
  const found = await appointments
    .in(tenantId)
    .list({ technicianId, scheduledStartAt: { $gte: from, $lt: to } }, { sort: { scheduledStartAt: 1, id: 1 }, limit: MAX_ENTRIES });
  const [settings, customers] = await Promise.all([
    replicas.settings.find(tenantId, tenantId),
    replicas.customers.findMany(
      tenantId,
      found.map(({ customerId }) => customerId),
    ),
  ]);
  return found.map((appointment) => forStaff(appointment, settings, customers.get(appointment.customerId)));
};

/** The calendar behind a private address. Calendar programs ask often, so an unchanged calendar is answered 304 without a body. */
export const getCalendarFeed =
  (deps: Deps) =>
  async ({ params, now, ifNoneMatch }: PublicCall<unknown, unknown, Params>): Promise<Reply> => {
    const [found] = await deps.feeds.find(byHash(params.token), 1);
    const technician = found === undefined ? undefined : await deps.technicians.in(found.tenantId).find(found.id);
    // A technician who has left or has another role has no calendar any more.
    if (found === undefined || technician?.active !== true) throw notFound('calendar');
    const user = await deps.replicas.users.find(found.tenantId, technician.id);
    const bytes = calendarFile(user?.name ?? 'Riparo', await entriesOf(deps, found.tenantId, technician.id, now));
    const tag = `"${createHash('sha256').update(bytes).digest('base64url')}"`;
    const headers = { ETag: tag, 'Cache-Control': 'private, no-cache' };
    if (isKnown(ifNoneMatch, tag)) return { status: 304, headers };
    return { status: 200, body: bytes, headers: { ...headers, 'Content-Type': CALENDAR_TYPE } };
  };
