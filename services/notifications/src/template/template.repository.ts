import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Platform } from '@riparo/shared/composition/platform';
import type { TemplateEntity } from './template.js';

export const createTemplateRepository = ({ connection, clock, relay }: Platform): Repository<TemplateEntity> =>
  createMongoRepository<TemplateEntity>({
    connection,
    clock,
    relay,
    service: 'notifications',
    collection: 'templates',
    indexes: [{ fields: { key: 1, locale: 1 }, unique: true }],
  });
