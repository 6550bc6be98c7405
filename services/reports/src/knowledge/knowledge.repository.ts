import type { Platform } from '@riparo/shared/composition/platform';
import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { KnowledgeCase } from './knowledge-case.js';

export const KNOWLEDGE_COLLECTION = 'knowledge_cases';
export type KnowledgeCases = Repository<KnowledgeCase, 'earlier'>;

export const createKnowledgeCases = ({ connection, clock, relay }: Platform): KnowledgeCases =>
  createMongoRepository<KnowledgeCase, 'earlier'>({
    connection,
    clock,
    relay,
    service: 'reports',
    collection: KNOWLEDGE_COLLECTION,
    appendOnly: ['earlier'],
    indexes: [
      // The index of words asks for what has changed since by the first; lists show the newest first.
      { fields: { updatedAt: -1, id: -1 } },
      { fields: { status: 1, updatedAt: -1, id: -1 } },
      { fields: { brandKey: 1, modelKey: 1, updatedAt: -1, id: -1 } },
      { fields: { tags: 1, updatedAt: -1, id: -1 } },
      { fields: { assetId: 1 }, partial: { assetId: { $exists: true } } },
      { fields: { 'sources.customerId': 1 } },
    ],
  });
