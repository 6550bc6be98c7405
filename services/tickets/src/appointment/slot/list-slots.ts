import { APPOINTMENT_TYPES, TICKET_CATEGORIES, type AppointmentType, type TicketCategory } from '@riparo/shared/contracts/enums';
import type { PublishedLocation } from '@riparo/shared/contracts/assets.events';
import type { Caller } from '@riparo/shared/contracts/caller';
import type { FieldFault } from '@riparo/shared/errors/domain-error';
import { list } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { periodFields, withMoments, type Asked, type Period } from '@riparo/shared/http/period';
import { oneOf, uuid } from '@riparo/shared/http/schemas';
import { DAY_MS } from '@riparo/shared/time/units';
import Joi from 'joi';
import { refuse, staffFieldFaults } from '../appointment.schema.js';
import type { AppointmentDeps } from '../dependencies.js';
import type { FreeSlot, Question } from '../booking/planner.js';
import { MAX_MINUTES, MIN_MINUTES } from '../rules.js';
import { placeOf } from '../booking/venue.js';
import type { RulesOf } from '../../kernel/tenant-rules.js';
import type { Span } from '../../kernel/working-time.js';
import { locationNotFound } from '../../kernel/customer-and-device.errors.js';
import { MAX_DAYS_AHEAD } from '../../kernel/preferred-time.js';
import { questionOf } from '../booking/question.js';

interface Query extends Period {
  readonly type: AppointmentType;
  readonly durationMinutes?: number;
  readonly category?: TicketCategory;
  readonly locationId?: string;
  readonly technicianId?: string;
}

export const listSlotsQuery = Joi.object<Asked<Query>>({
  type: oneOf(APPOINTMENT_TYPES).required(),
  ...periodFields(),
  durationMinutes: Joi.number().integer().min(MIN_MINUTES).max(MAX_MINUTES),
  category: oneOf(TICKET_CATEGORIES),
  locationId: uuid(),
  technicianId: uuid(),
});

type Deps = Pick<AppointmentDeps, 'planner' | 'findCandidates' | 'replicas' | 'assetLookup' | 'rules'> & {
  readonly rulesOf: RulesOf;
};

const DEFAULT_DAYS = 7;
const MAX_DAYS = 31;
/** 31 days and one hour, because a month may hold the night on which the clocks go back. */
const MAX_WINDOW = MAX_DAYS * DAY_MS + DAY_MS / 24;

/** Default: seven days from now. */
const windowOf = ({ from, to }: Query, now: Date): Span => {
  const start = from?.getTime() ?? now.getTime();
  return { from: start, to: to?.getTime() ?? start + DEFAULT_DAYS * DAY_MS };
};

const windowFaults = ({ from, to }: Span, now: Date): readonly FieldFault[] => {
  if (to < from) return [{ path: 'to', message: 'must not be before from' }];
  if (to - from > MAX_WINDOW) return [{ path: 'to', message: `must be at most ${MAX_DAYS} days after from` }];
  return to > now.getTime() + (MAX_DAYS_AHEAD + MAX_DAYS) * DAY_MS
    ? [{ path: 'to', message: `must lie within the next ${MAX_DAYS_AHEAD + MAX_DAYS} days` }]
    : [];
};

/** The desk may name a location of any customer, a customer one of their own. Any other location is answered 404. */
const locationOf = async (
  { assetLookup }: Deps,
  { tenantId, customerId }: Caller,
  locationId: string | undefined,
): Promise<PublishedLocation | undefined> => {
  if (locationId === undefined) return undefined;
  const location = await assetLookup.location(tenantId, locationId);
  if (location === undefined || location.removed) throw locationNotFound();
  if (customerId !== undefined && location.customerId !== customerId) throw locationNotFound();
  return location;
};

const viewSlot = (caller: Caller, { from, to, technicianIds }: FreeSlot) => ({
  startAt: new Date(from),
  endAt: new Date(to),
  ...(caller.customerId === undefined ? { technicianIds } : {}),
});

/** The same question as a booking asks, so that every offered time can be booked. */
const questionAbout = async (deps: Deps, { caller, query, now }: Call<unknown, Query>): Promise<Question> => {
  const { type, technicianId, category, durationMinutes } = query;
  const { tenantId } = caller;
  const location = await locationOf(deps, caller, query.locationId);
  const customerId = caller.customerId ?? location?.customerId ?? '';
  const errand = { id: '', type, customerId, locationId: location?.id, category, preferred: [], technicianId };
  const place = type === 'ONSITE_VISIT' && location !== undefined ? placeOf(location) : undefined;
  const wanted = { type, minutes: durationMinutes ?? deps.rules.minutes[type], ...(place === undefined ? {} : { place }) };
  return questionOf(deps, { tenantId, caller, errand, wanted, technicianId, now });
};

/** Free times of a window, of any candidate. Customers see the times; staff also see which technicians are free. */
export const listSlots =
  (deps: Deps) =>
  async (asked: Call<unknown, Asked<Query>>): Promise<Reply> => {
    const { timeZone } = await deps.rulesOf(asked.caller.tenantId);
    const call = { ...asked, query: withMoments(asked.query, timeZone) };
    const { caller, query, now } = call;
    const window = windowOf(query, now);
    refuse([...staffFieldFaults(caller, query, ['technicianId']), ...windowFaults(window, now)]);
    const { slots, travel } = await deps.planner.slots(await questionAbout(deps, call), window);
    const { provider, estimated } = travel;
    const count = slots.length;
    const all = list({ items: slots.map((slot) => viewSlot(caller, slot)), page: 1, pageSize: Math.max(1, count), totalCount: count });
    return { ...all, body: { ...(all.body as object), travel: { provider, estimated } } };
  };
