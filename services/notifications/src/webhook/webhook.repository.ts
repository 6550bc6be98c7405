import type { Platform } from '@riparo/shared/composition/platform';
import { DuplicateKeyError } from '@riparo/shared/errors/duplicate-key-error';
import { collectionOf } from '@riparo/shared/persistence/collection';
import type { StoredDocument } from '@riparo/shared/persistence/documents';
import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import { createRecentReads, oneByOne, type RecentReads } from '@riparo/shared/persistence/recent-reads';
import type { Draft, Repository } from '@riparo/shared/persistence/repository';
import { STALE_MS } from '../replica/replicas.js';
import { tooManyWebhooks } from './webhook.errors.js';
import { MAX_WEBHOOKS, type Webhook } from './webhook.js';

const WEBHOOKS = 'webhooks';

export type Webhooks = Repository<Webhook>;

export const createWebhookRepository = ({ connection, clock, relay }: Platform): Webhooks =>
  createMongoRepository<Webhook>({
    connection,
    clock,
    relay,
    service: 'notifications',
    collection: WEBHOOKS,
    softDelete: true,
    indexes: [
      { fields: { createdAt: -1, id: -1 } },
      { fields: { slot: 1 }, unique: true, partial: { slot: { $exists: true } } },
      { fields: { active: 1 } },
    ],
  });

/** A webhook of any tenant. */
export interface WebhookRef {
  readonly tenantId: string;
  readonly id: string;
}

/** Of all tenants: the worker belongs to none. */
export type ActiveWebhooks = () => Promise<readonly WebhookRef[]>;

export const createActiveWebhooks = ({ connection }: Platform): ActiveWebhooks => {
  const collection = collectionOf<StoredDocument>(connection, WEBHOOKS);
  return async () => {
    const found = await collection.find({ active: true, deletedAt: null }, { projection: { tenantId: 1 } }).toArray();
    return found.map(({ _id, tenantId }) => ({ id: _id, tenantId }));
  };
};

export type Subscriber = Pick<Webhook, 'id' | 'events'>;

/** Who wants events: asked for every event, so what another instance has changed counts two seconds later. */
export interface Subscribers {
  of(tenantId: string): Promise<readonly Subscriber[]>;
  forget(tenantId: string): void;
}

const ALL = 'all';

export const createSubscribers = (webhooks: Webhooks): Subscribers => {
  const load = async (tenantId: string): Promise<readonly Subscriber[]> => {
    const found = await webhooks.in(tenantId).list({ active: true }, { limit: MAX_WEBHOOKS });
    return found.map(({ id, events }) => ({ id, events }));
  };
  const reads: RecentReads<readonly Subscriber[]> = createRecentReads(oneByOne(load), { staleMs: STALE_MS });
  return { of: async (tenantId) => (await reads.find(tenantId, ALL)) ?? [], forget: (tenantId) => reads.forget(tenantId, ALL) };
};

/** One of the free places; ids end in chance, so that those who come together seldom want the same one. */
const freeSlot = (id: string, taken: readonly Webhook[]): number | undefined => {
  const slots = new Set(taken.map(({ slot }) => slot));
  const free = Array.from({ length: MAX_WEBHOOKS }, (_, index) => index + 1).filter((slot) => !slots.has(slot));
  return free[Number.parseInt(id.slice(-6), 16) % free.length];
};

/** Takes one of the tenant's places; of two that take the same one, the index lets one in and the other takes the next. */
export const insertInFreeSlot = async (webhooks: Webhooks, tenantId: string, draft: Omit<Draft<Webhook>, 'slot'>): Promise<Webhook> => {
  const tenant = webhooks.in(tenantId);
  for (;;) {
    const known = await tenant.find(draft.id);
    if (known !== undefined) return known;
    const slot = freeSlot(draft.id, await tenant.list({}, { limit: MAX_WEBHOOKS }));
    if (slot === undefined) throw tooManyWebhooks();
    try {
      return await tenant.insert({ ...draft, slot });
    } catch (error) {
      if (!(error instanceof DuplicateKeyError)) throw error;
    }
  }
};
