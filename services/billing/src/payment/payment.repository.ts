import type { Platform } from '@riparo/shared/composition/platform';
import type { IndexDeclaration } from '@riparo/shared/persistence/indexes';
import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Entity, Repository } from '@riparo/shared/persistence/repository';
import type { IncomingPayment } from './payment.js';

export type IncomingPayments = Repository<IncomingPayment>;

const list = (...fields: readonly (keyof IncomingPayment)[]): IndexDeclaration => ({
  fields: { ...Object.fromEntries(fields.map((field) => [field, 1 as const])), createdAt: -1, id: -1 },
});

export const createIncomingPayments = ({ connection, clock, relay }: Platform): IncomingPayments =>
  createMongoRepository<IncomingPayment>({
    connection,
    clock,
    relay,
    service: 'billing',
    collection: 'incoming_payments',
    indexes: [
      list(),
      list('status'),
      list('customerId'),
      list('repairId'),
      { fields: { refundToClear: 1, createdAt: -1, id: -1 }, partial: { refundToClear: { $exists: true } } },
      { fields: { openFor: 1 }, unique: true, partial: { openFor: { $exists: true } } },
    ],
  });

/** A call of the provider that was dealt with; `id` is the provider's. */
export interface ProviderCall extends Entity {
  readonly type: string;
}
export type ProviderCalls = Repository<ProviderCall>;

/** Providers repeat their calls for some days. */
const REMEMBERED_S = 30 * 24 * 60 * 60;

export const createProviderCalls = ({ connection, clock, relay }: Platform): ProviderCalls =>
  createMongoRepository<ProviderCall>({
    connection,
    clock,
    relay,
    service: 'billing',
    collection: 'provider_calls',
    indexes: [{ fields: { createdAt: 1 }, expireAfterSeconds: REMEMBERED_S }],
  });

/** Under which number the provider keeps the cards of a customer; `id` is the customer's. */
export interface Payer extends Entity {
  readonly providerId: string;
}
export type Payers = Repository<Payer>;

export const createPayers = ({ connection, clock, relay }: Platform): Payers =>
  createMongoRepository<Payer>({ connection, clock, relay, service: 'billing', collection: 'payers' });
