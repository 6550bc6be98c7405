import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Platform } from '@riparo/shared/composition/platform';
import type { Link } from './link.js';

export type Links = Repository<Link>;

export const createLinks = ({ connection, clock, relay }: Platform): Links =>
  createMongoRepository<Link>({
    connection,
    clock,
    relay,
    service: 'tickets',
    collection: 'links',
    indexes: [{ fields: { ticketIds: 1, linked: 1, id: 1 } }],
  });
