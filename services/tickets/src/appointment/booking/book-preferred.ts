import { isDomainError } from '@riparo/shared/errors/domain-error';
import { startOf } from '@riparo/shared/time/local-day';
import { DAY_MS, MINUTE_MS } from '@riparo/shared/time/units';
import { spanOf } from '../appointment.schema.js';
import { viewAppointment } from '../appointment.view.js';
import { prepareBooking, type BookingDeps } from './book-appointment.js';
import type { AppointmentDeps } from '../dependencies.js';
import type { Question } from './planner.js';
import type { Work } from '../work.js';
import type { BookPreferred, Offer } from '../../kernel/preferred-time.js';

const MAX_OFFERS = 5;

/** The five free times nearest to the preferred one, before or after it, in the order of time. */
const nearest = async ({ planner }: Pick<AppointmentDeps, 'planner'>, question: Question, at: number): Promise<readonly Offer[]> => {
  const length = question.wanted.minutes * MINUTE_MS;
  const earliest = Math.max(question.now.getTime(), at - 2 * DAY_MS);
  const [earlier, later] = await Promise.all([
    earliest < at ? planner.slots(question, { from: earliest, to: at + length }) : { slots: [] },
    planner.offers(question, Math.max(at, question.now.getTime())),
  ]);
  const before = earlier.slots.map(({ from, to }) => ({ startAt: new Date(from), endAt: new Date(to) }));
  const all = new Map([...before, ...later].map((offer) => [offer.startAt.getTime(), offer]));
  const distance = ({ startAt }: Offer): number => Math.abs(startAt.getTime() - at);
  return [...all.values()]
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, MAX_OFFERS)
    .sort((a, b) => a.startAt.getTime() - b.startAt.getTime());
};

/**
 * Books the preferred time if it is free. Of a preferred day it offers the free times. The ticket or repair that the preference came with is never refused because
 * of it: when the time is gone, the answer has offers, and when nobody can tell at the moment, an empty list.
 */
export const createBookPreferred =
  <S>(deps: BookingDeps & Pick<AppointmentDeps, 'planner' | 'rules' | 'rulesOf'>, workOf: (subject: S) => Work): BookPreferred<S> =>
  async ({ caller, ids, now }, subject, { preferredAppointmentAt: preferred, preferredAppointmentType: type = 'REMOTE_SESSION' }) => {
    if (preferred === undefined) return {};
    const { tenantId } = caller;
    const at = startOf(preferred, (await deps.rulesOf(tenantId)).timeZone);
    const times = { scheduledStartAt: at, scheduledEndAt: new Date(at.getTime() + deps.rules.minutes[type] * MINUTE_MS) };
    const id = ids.next();
    const done = await deps.appointments.in(tenantId).find(id);
    if (done !== undefined) return { appointment: await viewAppointment(deps.replicas, caller, done) };
    let question: Question | undefined;
    try {
      const prepared = await prepareBooking(deps, { caller, ids, now, body: { type, ...times } }, workOf(subject), id);
      question = prepared.question;
      if (typeof preferred === 'string')
        return { appointmentOffers: await deps.planner.offers(question, Math.max(at.getTime(), now.getTime())) };
      const booked = await deps.recheckBooking(tenantId, await deps.bookTurn(question, spanOf(times), prepared.write));
      return { appointment: await viewAppointment(deps.replicas, caller, booked) };
    } catch (error) {
      if (!isDomainError(error)) throw error;
      return { appointmentOffers: question === undefined ? [] : await nearest(deps, question, at.getTime()) };
    }
  };
