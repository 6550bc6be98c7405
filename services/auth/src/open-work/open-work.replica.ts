import { createReplica, type Replica } from '@riparo/shared/persistence/replica';
import type { Connection } from 'mongoose';
import type { WorkItem } from './open-work.js';

export type OpenWork = Replica<WorkItem>;

export const createOpenWork = (connection: Connection): OpenWork =>
  createReplica<WorkItem>({ connection, collection: 'open_work', indexes: [{ fields: { customerId: 1, open: 1 } }] });
