import { seededIds } from '@riparo/shared/runtime/ids';
import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Platform } from '@riparo/shared/composition/platform';
import { type Link, pairOf } from './link.js';

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

/** The same id from both sides: two people who link the same tickets at the same time write the same document. */
export const linkIdOf = (left: string, right: string): string => seededIds(`link ${pairOf(left, right).join(' ')}`, new Date(0)).next();
