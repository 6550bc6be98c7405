import type { IndexDeclaration } from '@riparo/shared/persistence/indexes';
import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Platform } from '@riparo/shared/composition/platform';
import type { Repair } from './repair.js';

export type Repairs = Repository<Repair, 'activities'>;

/** Lists are sorted newest first, or oldest first (the same index, read backwards). The id makes the order total. */
const list = (...fields: readonly (keyof Repair)[]): IndexDeclaration => ({
  fields: { ...Object.fromEntries(fields.map((field) => [field, 1 as const])), createdAt: -1, id: -1 },
});

/** Indexes of the other orders, for each group of callers that can see such a list. */
const sorted = (by: 'updatedAt' | 'dueOrder', scopes: readonly (keyof Repair | undefined)[]): readonly IndexDeclaration[] =>
  scopes.map((scope) => ({ fields: { ...(scope === undefined ? {} : { [scope]: 1 as const }), [by]: 1, id: 1 } }));

const INDEXES: readonly IndexDeclaration[] = [
  list(),
  list('customerId'),
  list('customerId', 'status'),
  list('holder'),
  list('holder', 'status'),
  list('holder', 'active'),
  list('status'),
  list('source'),
  list('active'),
  list('serialKey'),
  list('assetId'),
  list('customerId', 'active'),
  list('number'),
  // With the serial number in this index, a wrong pair costs the public status as much as an unknown number: no document is read.
  { fields: { number: 1, serialKey: 1 } },
  ...sorted('updatedAt', [undefined, 'customerId', 'holder']),
  ...sorted('dueOrder', [undefined, 'active', 'customerId', 'holder']),
  { fields: { words: 1 } },
  { fields: { leftBehindAt: 1, id: 1 }, partial: { leftBehindAt: { $exists: true } } },
  // Few repairs at a time are in these two.
  ...(['overpaid', 'abandonRequested'] as const).map((field) => ({ ...list(field), partial: { [field]: { $exists: true } } })),
  // Only repairs with a warranty of the centre are in these two.
  ...(['serialKey', 'assetId'] as const).map((device) => ({
    fields: { customerId: 1 as const, [device]: 1 as const, warrantyUntil: 1 as const },
    partial: { warrantyUntil: { $exists: true } },
  })),
];

export const createRepairs = ({ connection, clock, relay }: Platform): Repairs =>
  createMongoRepository<Repair, 'activities'>({
    connection,
    clock,
    relay,
    service: 'tickets',
    collection: 'repairs',
    indexes: INDEXES,
    appendOnly: ['activities'],
  });
