import type { Document } from 'mongodb';
import type { Connection } from 'mongoose';
import { compact } from '@riparo/shared/json/compact';
import { collectionOf } from '@riparo/shared/persistence/collection';
import { groupBy } from '../collect.js';
import type { TicketOutcome } from '../outcome/outcome.js';
import { createContributing } from './contribution.js';
import { notCounted } from './marking.js';
import { COMMENT, marksOf, type Countable, type Note, type Stored, type Subject } from './subject.js';
import { addOutcomes, addTicket, eachOnce, inOrder, supersededIn, type CountedOutcome, type CountedTicket } from './ticket-contribution.js';

type StoredTicket = Stored & CountedTicket;
interface StoredOutcome extends Stored, Omit<TicketOutcome, 'id'> {
  readonly supersededAt?: Date;
}

const only = (fields: readonly string[]): Document => Object.fromEntries(['tenantId', 'uncounted', ...fields].map((field) => [field, 1]));
const TICKET = only([
  ...['status', 'priority', 'category', 'active', 'mergedIntoId', 'assignedToUserId'],
  ...['createdAt', 'firstRespondedAt', 'responseDueAt', 'slaDueAt'],
]);
const OUTCOME = only(['ticketId', 'type', 'at', 'version', 'technicianId', 'minutes', 'sla', 'score', 'supersededAt']);

/** What is noted otherwise than it is: a rebuild may have taken away the resolution that followed another one. */
const notesOf = (stored: readonly StoredOutcome[], superseded: ReadonlyMap<string, Date>): readonly Note[] =>
  stored.flatMap(({ _id: id, supersededAt }) => {
    const moment = superseded.get(id)?.getTime();
    return moment === supersededAt?.getTime() ? [] : [compact({ collection: 'outcomes', id, field: 'supersededAt', moment })];
  });

const countableOf = (id: string, ticket: StoredTicket | undefined, stored: readonly StoredOutcome[]): Countable => {
  const outcomes: readonly CountedOutcome[] = inOrder(stored.map(({ _id, ...outcome }) => ({ ...outcome, id: _id })));
  return {
    id,
    marks: [...(ticket === undefined ? [] : marksOf('tickets', ticket)), ...stored.flatMap((outcome) => marksOf('outcomes', outcome))],
    notes: notesOf(stored, supersededIn(outcomes)),
    contribution: (dayOf) => {
      const contributing = createContributing();
      if (ticket !== undefined) addTicket(contributing, ticket, dayOf);
      addOutcomes(contributing, eachOnce(outcomes), dayOf);
      return contributing.contribution;
    },
  };
};

/** Tickets with what came out of them. */
export const createTicketSubject = (connection: Connection): Subject => {
  const tickets = collectionOf<StoredTicket>(connection, 'tickets');
  const outcomes = collectionOf<StoredOutcome>(connection, 'outcomes');
  const read = async (tenantId: string, ids: readonly string[]): Promise<readonly Countable[]> => {
    if (ids.length === 0) return [];
    const [found, came] = await Promise.all([
      tickets.find({ _id: { $in: ids }, tenantId }, { projection: TICKET, comment: COMMENT }).toArray(),
      outcomes.find({ tenantId, ticketId: { $in: ids } }, { projection: OUTCOME, comment: COMMENT }).toArray(),
    ]);
    const [ticketOf, outcomesOf] = [new Map(found.map((ticket) => [ticket._id, ticket])), groupBy(came, ({ ticketId }) => ticketId)];
    return ids.map((id) => countableOf(id, ticketOf.get(id), outcomesOf.get(id) ?? []));
  };
  const idsOf = { projection: { _id: 1 }, comment: COMMENT };
  return {
    name: 'tickets',
    scheme: 1,
    collections: ['tickets', 'outcomes'],
    uncounted: async (tenantId, limit) => {
      const filter = notCounted(tenantId);
      const [changed, came] = await Promise.all([
        tickets.find(filter, idsOf).limit(limit).toArray(),
        outcomes
          .find(filter, { ...idsOf, projection: { ticketId: 1 } })
          .limit(limit)
          .toArray(),
      ]);
      const ids = new Set([...changed.map(({ _id }) => _id), ...came.map(({ ticketId }) => ticketId)]);
      return read(tenantId, [...ids]);
    },
    page: async (tenantId, after, limit) => {
      const found = await tickets
        .find({ _id: { $gt: after }, tenantId }, idsOf)
        .sort({ _id: 1 })
        .limit(limit)
        .toArray();
      return read(
        tenantId,
        found.map(({ _id }) => _id),
      );
    },
  };
};
