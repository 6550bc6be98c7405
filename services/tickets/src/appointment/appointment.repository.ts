import type { IndexDeclaration } from '@riparo/shared/persistence/indexes';
import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Platform } from '@riparo/shared/composition/platform';
import type { Appointment } from './appointment.js';

export type Appointments = Repository<Appointment>;

/** Lists are sorted by the start, in both directions; the id makes the order total. */
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
  // The appointments that take time of a diary: every booking asks for them.
  list('diary'),
  // The same for vehicles.
  list('vehicleDiary'),
  list('vehicleId'),
  { ...list('needsReplanning'), partial: { needsReplanning: true } },
  // A turn belongs to one appointment. A booking that was decided on an older look at the diary is refused by this index.
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
