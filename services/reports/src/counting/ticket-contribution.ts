import { MINUTE_MS } from '@riparo/shared/time/units';
import type { TicketOutcome } from '../outcome/outcome.js';
import type { Ticket } from '../replica/ticket.js';
import { type Contributing, NOW, sheetKey } from './contribution.js';
import type { DayOf } from './days.js';
import { nameOf } from './figures.js';
import { addDuration } from './times.js';

/** The fields that are counted. */
export type CountedTicket = Pick<
  Ticket,
  | 'status'
  | 'priority'
  | 'category'
  | 'active'
  | 'mergedIntoId'
  | 'assignedToUserId'
  | 'createdAt'
  | 'firstRespondedAt'
  | 'responseDueAt'
  | 'slaDueAt'
>;
export type CountedOutcome = Pick<TicketOutcome, 'id' | 'type' | 'at' | 'version' | 'technicianId' | 'minutes' | 'sla' | 'score'>;

/** Nobody in particular, in a name. */
const nobody = '';

const addOpen = ({ add }: Contributing, ticket: CountedTicket, dayOf: DayOf): void => {
  const { active, priority, status, assignedToUserId = nobody, createdAt, slaDueAt } = ticket;
  if (!active) return;
  add(NOW, nameOf('opened on', dayOf(createdAt)));
  add(NOW, nameOf('priority', priority));
  add(NOW, nameOf('desk', assignedToUserId));
  if (status === 'WAITING_CUSTOMER') add(NOW, 'waiting');
  if (slaDueAt !== undefined) add(NOW, nameOf('due', assignedToUserId, dayOf(slaDueAt)));
};

const addResponse = (contributing: Contributing, { createdAt, firstRespondedAt, responseDueAt }: CountedTicket, dayOf: DayOf): void => {
  if (firstRespondedAt === undefined) return;
  const day = dayOf(firstRespondedAt);
  addDuration(contributing, day, 'response', Math.max(0, firstRespondedAt.getTime() - createdAt.getTime()));
  if (responseDueAt !== undefined) contributing.add(day, firstRespondedAt <= responseDueAt ? 'response kept' : 'response breached');
};

/** What a ticket is now, on the day on which it was opened, and when it was answered first. */
export const addTicket = (contributing: Contributing, ticket: CountedTicket, dayOf: DayOf): void => {
  addOpen(contributing, ticket, dayOf);
  addResponse(contributing, ticket, dayOf);
  // A duplicate is no request of its own.
  if (ticket.mergedIntoId !== undefined) return;
  const day = dayOf(ticket.createdAt);
  contributing.add(day, 'opened');
  for (const field of ['status', 'priority', 'category'] as const) contributing.add(day, nameOf(field, ticket[field]));
};

/** The order in which they happened. */
export const inOrder = (outcomes: readonly CountedOutcome[]): readonly CountedOutcome[] =>
  outcomes.toSorted((one, other) => one.at.getTime() - other.at.getTime() || one.version - other.version);

/** Given in order, each once: what was restored from the timeline may be there under another id as well. */
export const eachOnce = (outcomes: readonly CountedOutcome[]): readonly CountedOutcome[] => [
  ...new Map(outcomes.map((outcome) => [`${outcome.type} ${outcome.at.getTime()}`, outcome])).values(),
];

const addResolution = (contributing: Contributing, resolution: CountedOutcome, next: CountedOutcome | undefined, dayOf: DayOf): void => {
  const { at, technicianId = nobody, minutes, sla } = resolution;
  const [day, nextDay] = [dayOf(at), next === undefined ? undefined : dayOf(next.at)];
  // No period has this day and lacks the next resolution.
  if (nextDay === day) return;
  const key = sheetKey(day, nextDay);
  contributing.add(key, nameOf('resolved', technicianId));
  addDuration(contributing, key, nameOf('resolution', technicianId), Math.round(minutes * MINUTE_MS));
  if (sla !== undefined) contributing.add(key, nameOf(sla, technicianId));
};

/** It undoes a resolution in the periods that have both. */
const addReopening = ({ add }: Contributing, reopening: CountedOutcome, undone: CountedOutcome | undefined, dayOf: DayOf): void => {
  const day = dayOf(reopening.at);
  add(day, 'reopened');
  if (undone === undefined) return;
  const [undoneOn, name] = [dayOf(undone.at), nameOf('undone', undone.technicianId ?? nobody)];
  add(undoneOn, name);
  if (undoneOn !== day) add(sheetKey(undoneOn, day), name, -1);
};

/** What came out of a ticket, in order. Of its resolutions a period counts the last one that it has. */
export const addOutcomes = (contributing: Contributing, outcomes: readonly CountedOutcome[], dayOf: DayOf): void => {
  let last: CountedOutcome | undefined;
  for (const [index, outcome] of outcomes.entries()) {
    const { type, at, technicianId = nobody, score } = outcome;
    if (type === 'CLOSED') contributing.add(dayOf(at), 'closed');
    if (type === 'RATED' && score !== undefined) contributing.add(dayOf(at), nameOf('rated', technicianId, String(score)));
    if (type === 'REOPENED') addReopening(contributing, outcome, last, dayOf);
    if (type !== 'RESOLVED') continue;
    const next = outcomes.slice(index + 1).find((later) => later.type === 'RESOLVED');
    addResolution(contributing, outcome, next, dayOf);
    last = outcome;
  }
};

/** Resolutions that were followed by another one, with the moment of that: lists of a period leave them out. */
export const supersededIn = (outcomes: readonly CountedOutcome[]): ReadonlyMap<string, Date> => {
  const resolutions = outcomes.filter(({ type }) => type === 'RESOLVED');
  return new Map(
    resolutions.flatMap(({ id }, index) => {
      const next = resolutions[index + 1];
      return next === undefined ? [] : [[id, next.at] as const];
    }),
  );
};
