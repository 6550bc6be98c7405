import type { PublishedSettings, PublishedUser } from '@riparo/shared/contracts/auth.events';
import { createReplica, type Replica } from '@riparo/shared/persistence/replica';
import type { Platform } from '@riparo/shared/composition/platform';
import type { Asset } from '../equipment/asset.js';
import { createMarkedReplica } from '../counting/marking.js';
import type { WorkFindings } from '../equipment/malfunction.js';
import type { Consumption } from './consumption.js';
import type { Customer } from './customer.js';
import type { Part } from './part.js';
import type { QuoteVersion } from './quote-version.js';
import type { IssuedDocument } from './document.js';
import type { CashMovement } from './cash-movement.js';
import type { Repair } from './repair.js';
import type { Ticket } from './ticket.js';

/** What this service knows of the things of others. */
export interface Replicas {
  readonly users: Replica<PublishedUser>;
  readonly customers: Replica<Customer>;
  readonly settings: Replica<PublishedSettings>;
  readonly tickets: Replica<Ticket>;
  readonly repairs: Replica<Repair>;
  readonly consumptions: Replica<Consumption>;
  readonly quoteVersions: Replica<QuoteVersion>;
  readonly documents: Replica<IssuedDocument>;
  readonly cashMovements: Replica<CashMovement>;
  readonly assets: Replica<Asset>;
  readonly parts: Replica<Part>;
  readonly workFindings: Replica<WorkFindings>;
}

export const createReplicas = ({ connection }: Platform): Replicas => ({
  users: createReplica({
    connection,
    collection: 'users',
    indexes: [{ fields: { role: 1, id: 1 } }, { fields: { customerId: 1, id: 1 }, partial: { customerId: { $exists: true } } }],
  }),
  customers: createReplica({ connection, collection: 'customers' }),
  settings: createReplica({ connection, collection: 'settings', indexes: [{ fields: { id: 1 } }] }),
  tickets: createMarkedReplica({
    connection,
    collection: 'tickets',
    indexes: [
      { fields: { active: 1, createdAt: 1, id: 1 } },
      { fields: { active: 1, assignedToUserId: 1, createdAt: 1, id: 1 } },
      { fields: { active: 1, slaDueAt: 1 }, partial: { active: true } },
    ],
  }),
  repairs: createMarkedReplica({
    connection,
    collection: 'repairs',
    indexes: [
      { fields: { 'outcome.at': 1, id: 1 } },
      { fields: { brandKey: 1, 'outcome.at': 1 } },
      { fields: { createdAt: 1, id: 1 } },
      { fields: { active: 1, status: 1 } },
      { fields: { serialKey: 1, createdAt: 1 } },
      { fields: { assetId: 1, createdAt: 1 }, partial: { assetId: { $exists: true } } },
      { fields: { customerId: 1, serialKey: 1 } },
      { fields: { claimOf: 1 }, partial: { claimOf: { $exists: true } } },
      // What counting has noted.
      { fields: { backBy: 1 }, partial: { backBy: { $exists: true } } },
      { fields: { claimedBy: 1 }, partial: { claimedBy: { $exists: true } } },
    ],
  }),
  consumptions: createMarkedReplica({ connection, collection: 'consumptions' }),
  quoteVersions: createMarkedReplica({ connection, collection: 'quote_versions' }),
  documents: createMarkedReplica({ connection, collection: 'documents' }),
  cashMovements: createMarkedReplica({ connection, collection: 'cash_movements' }),
  assets: createReplica({ connection, collection: 'assets', indexes: [{ fields: { status: 1, brandKey: 1, modelKey: 1 } }] }),
  parts: createReplica({ connection, collection: 'parts' }),
  workFindings: createReplica({ connection, collection: 'work_findings', indexes: [{ fields: { at: 1, id: 1 } }] }),
});
