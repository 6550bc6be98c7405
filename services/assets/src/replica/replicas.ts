import type { PublishedCustomer, PublishedSettings, PublishedUser } from '@riparo/shared/contracts/auth.events';
import { createReplica, type Replica } from '@riparo/shared/persistence/replica';
import type { Platform } from '@riparo/shared/composition/platform';
import type { Repair } from './repair.js';
import type { Ticket } from './ticket.js';
import type { Booking } from './booking.js';
import type { WorkReport } from './work-report.js';

/** What this service knows of the things of others. */
export interface Replicas {
  readonly users: Replica<PublishedUser>;
  readonly customers: Replica<PublishedCustomer>;
  readonly settings: Replica<PublishedSettings>;
  readonly tickets: Replica<Ticket>;
  readonly bookings: Replica<Booking>;
  readonly repairs: Replica<Repair>;
  readonly workReports: Replica<WorkReport>;
}

export const createReplicas = ({ connection }: Platform): Replicas => ({
  users: createReplica({ connection, collection: 'users', indexes: [{ fields: { id: 1 } }] }),
  customers: createReplica({ connection, collection: 'customers', indexes: [{ fields: { id: 1 } }] }),
  settings: createReplica({ connection, collection: 'settings', indexes: [{ fields: { id: 1 } }] }),
  tickets: createReplica({
    connection,
    collection: 'tickets',
    indexes: [
      { fields: { assetId: 1, createdAt: 1, id: 1 } },
      { fields: { assetId: 1, customerId: 1, createdAt: 1, id: 1 } },
      { fields: { mergedIntoId: 1, id: 1 }, partial: { mergedIntoId: { $exists: true } } },
    ],
  }),
  bookings: createReplica({
    connection,
    collection: 'visits',
    indexes: [
      { fields: { assetId: 1, customerId: 1, servedAt: 1 } },
      { fields: { visitorId: 1, id: 1 }, partial: { visitorId: { $exists: true } } },
    ],
  }),
  repairs: createReplica({
    connection,
    collection: 'repairs',
    indexes: [
      { fields: { assetId: 1, createdAt: 1, id: 1 } },
      { fields: { assetId: 1, customerId: 1, createdAt: 1, id: 1 } },
      { fields: { assignedToUserId: 1, id: 1 } },
    ],
  }),
  workReports: createReplica({
    connection,
    collection: 'work_reports',
    indexes: [
      { fields: { id: 1 } },
      { fields: { technicianIds: 1, id: 1 } },
      { fields: { ticketId: 1, id: 1 }, partial: { ticketId: { $exists: true } } },
      { fields: { appointmentId: 1, id: 1 }, partial: { appointmentId: { $exists: true } } },
    ],
  }),
});
