import { ensureIndexes } from '@riparo/shared/persistence/indexes';
import type { Collection, Document } from 'mongodb';
import type { Connection } from 'mongoose';
import type { Logger } from 'pino';
import { customerCreated, newCustomer } from '../customer/customer.js';
import type { CustomerRepository } from '../customer/customer.repository.js';
import { USERS } from '../user/user.repository.js';
import type { Task } from './task.js';

interface TaskDocument extends Document {
  _id: string;
  tenantId: string;
  tasks: Task[];
}

/** Does what a write to a user entails elsewhere; see task.ts. */
export interface TaskRunner {
  /** Right after the write that saved them. Throws what a task throws; the job then tries it again. */
  run(tenantId: string, userId: string, tasks: readonly Task[]): Promise<void>;
  /** What a crash or a refusal left, oldest accounts first. */
  sweep(): Promise<void>;
  ensureIndexes(): Promise<void>;
}

export interface TaskRunnerOptions {
  readonly connection: Connection;
  readonly customers: CustomerRepository;
  readonly log: Logger;
}

const BATCH = 100;
const open = { 'tasks.0': { $exists: true } } as const;

export const createTaskRunner = ({ connection, customers, log }: TaskRunnerOptions): TaskRunner => {
  // Across tenants and past the version: finishing a task is nobody's change to the user and must not void their ETag.
  const collection = connection.collection<TaskDocument>(USERS) as unknown as Collection<TaskDocument>;

  const perform = async (tenantId: string, task: Task): Promise<void> => {
    await customers.in(tenantId).insert(newCustomer(task.id, task.customer), customerCreated);
  };
  const run: TaskRunner['run'] = async (tenantId, userId, tasks) => {
    for (const task of tasks) {
      await perform(tenantId, task);
      await collection.updateOne({ _id: userId, tenantId }, { $pull: { tasks: { id: task.id } } } as object);
    }
  };
  return {
    run,
    sweep: async () => {
      const users = await collection
        .find(open, { projection: { tenantId: 1, tasks: 1 } })
        .limit(BATCH)
        .toArray();
      for (const { _id, tenantId, tasks } of users) {
        await run(tenantId, _id, tasks).catch((error: unknown) => log.warn({ err: error, userId: _id }, 'a task could not be done yet'));
      }
    },
    ensureIndexes: () => ensureIndexes(collection, [], [{ key: { 'tasks.at': 1 }, name: 'tasks_open', partialFilterExpression: open }]),
  };
};
