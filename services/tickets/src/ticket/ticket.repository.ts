import type { IndexDeclaration } from '@riparo/shared/persistence/indexes';
import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Platform } from '@riparo/shared/runtime/platform';
import type { Ticket } from './ticket.js';

export type Tickets = Repository<Ticket, 'activities'>;

/** The other orders a list can be asked in, by those who may see these tickets. */
const sorted = (by: 'updatedAt' | 'dueOrder' | 'urgency', scopes: readonly (keyof Ticket | undefined)[]): readonly IndexDeclaration[] =>
  scopes.map((scope) => ({ fields: { ...(scope === undefined ? {} : { [scope]: 1 as const }), [by]: 1, id: 1 } }));

/** Every list is asked for newest first (or oldest first: the same index read backwards); the id makes the order total. */
const list = (...fields: readonly (keyof Ticket)[]): IndexDeclaration => ({
  fields: { ...Object.fromEntries(fields.map((field) => [field, 1 as const])), createdAt: -1, id: -1 },
});

const INDEXES: readonly IndexDeclaration[] = [
  list(),
  list('customerId'),
  list('customerId', 'status'),
  list('customerId', 'active'),
  list('holder'),
  list('holder', 'status'),
  list('holder', 'active'),
  list('status'),
  list('stage'),
  list('active'),
  list('priority'),
  list('category'),
  list('assetId'),
  list('locationId'),
  ...sorted('updatedAt', [undefined, 'customerId', 'holder']),
  ...sorted('dueOrder', [undefined, 'active', 'customerId', 'holder']),
  ...sorted('urgency', [undefined, 'active', 'customerId', 'holder']),
  { fields: { words: 1 } },
  // The number needs no unique index of its own: its series has one, whose refusal alone means "take the next number".
  { fields: { queuedAs: 1, id: 1 }, partial: { queuedAs: { $exists: true } } },
];

export const createTickets = ({ connection, clock, relay }: Platform): Tickets =>
  createMongoRepository<Ticket, 'activities'>({
    connection,
    clock,
    relay,
    service: 'tickets',
    collection: 'tickets',
    indexes: INDEXES,
    appendOnly: ['activities'],
  });
