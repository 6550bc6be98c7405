import type { Platform } from '@riparo/shared/composition/platform';
import type { IndexDeclaration } from '@riparo/shared/persistence/indexes';
import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Quote } from './quote.js';

/** More quotes than anybody writes for one repair or ticket. */
export const MOST_QUOTES = 200;

export type Quotes = Repository<Quote>;

const list = (...fields: readonly (keyof Quote)[]): IndexDeclaration => ({
  fields: { ...Object.fromEntries(fields.map((field) => [field, 1 as const])), createdAt: -1, id: -1 },
});

export const createQuotes = ({ connection, clock, relay }: Platform): Quotes =>
  createMongoRepository<Quote>({
    connection,
    clock,
    relay,
    service: 'billing',
    collection: 'quotes',
    indexes: [
      list(),
      list('status'),
      list('customerId'),
      list('assignedToUserId'),
      list('repairId'),
      list('ticketId'),
      { fields: { inForceFor: 1 }, unique: true, partial: { inForceFor: { $exists: true } } },
    ],
  });
