import type { IndexDeclaration } from '@riparo/shared/persistence/indexes';
import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Platform } from '@riparo/shared/composition/platform';
import type { Appointment } from './appointment.js';

export type Appointments = Repository<Appointment>;

/** Lists go by the start, either way; the id makes the order total. */
const list = (...fields: readonly string[]): IndexDeclaration => ({
  fields: { ...Object.fromEntries(fields.map((field) => [field, 1 as const])), scheduledStartAt: 1, id: 1 },
});

const INDEXES: readonly IndexDeclaration[] = [
  list(),
  list('customerId'),
  list('customerId', 'status'),
  list('technicianId'),
  list('technicianId', 'status'),
  list('status'),
  list('subject.id'),
  // What takes somebody's time: the one question that every booking asks.
  list('diary'),
  { ...list('needsReplanning'), partial: { needsReplanning: true } },
  // A turn belongs to one appointment: whoever decided on an older look at the diary is refused here.
  { fields: { turns: 1 }, unique: true },
];

export const createAppointments = ({ connection, clock, relay }: Platform): Appointments =>
  createMongoRepository<Appointment>({
    connection,
    clock,
    relay,
    service: 'tickets',
    collection: 'appointments',
    indexes: INDEXES,
    keepEvents: true,
  });
