import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Platform } from '@riparo/shared/composition/platform';
import { INDEXES } from './ticket.indexes.js';
import type { Ticket } from './ticket.js';

export type Tickets = Repository<Ticket, 'activities'>;

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
