import { createTasks } from '@riparo/shared/concurrency/tasks';
import { isDomainError } from '@riparo/shared/errors/domain-error';
import { ensureIndexes } from '@riparo/shared/persistence/indexes';
import type { Document } from 'mongodb';
import type { Connection } from 'mongoose';
import type { Logger } from 'pino';
import { collectionOf } from '@riparo/shared/persistence/collection';
import { newAuditEvent } from '../audit/audit-event.js';
import type { AuditRepository } from '../audit/audit-trail.js';
import { customerCreated, newCustomer } from '../customer/customer.js';
import type { CustomerRepository } from '../customer/customer.repository.js';
import type { EndSessionsOf } from '../customer/end-sessions.js';
import type { AccountMails } from '../mail/account-mails.js';
import type { Task } from './task.js';

interface TaskDocument extends Document {
  _id: string;
  tenantId: string;
  tasks: Task[];
}

/** Does what a write to a document of one collection entails elsewhere; see task.ts. */
export interface TaskRunner {
  /**
   * Right after the write that saved them: what the answer relies on is done when this resolves, mails are handed over
   * in the background. Whatever fails stays for the job.
   */
  run(tenantId: string, id: string): Promise<void>;
  /** Tasks that no change to the document goes with, such as the mail about a sign-in. */
  add(tenantId: string, id: string, tasks: readonly Task[]): Promise<void>;
  /** What a crash or a refusal left. */
  sweep(): Promise<void>;
  /** Resolves when nothing runs in the background. */
  idle(): Promise<void>;
  ensureIndexes(): Promise<void>;
}

export interface TaskRunnerOptions {
  readonly connection: Connection;
  /** Whose documents have `tasks`; mails go to the one of `users` that asks for them. */
  readonly collection: 'users' | 'customers' | 'settings';
  readonly customers: CustomerRepository;
  readonly audits: AuditRepository;
  readonly mails: AccountMails;
  readonly endSessionsOf: EndSessionsOf;
  readonly log: Logger;
}

const BATCH = 100;
const open = { 'tasks.0': { $exists: true } } as const;

export const createTaskRunner = ({
  connection,
  collection: name,
  customers,
  audits,
  mails,
  endSessionsOf,
  log,
}: TaskRunnerOptions): TaskRunner => {
  // Across tenants and past the version: finishing a task is nobody's change to the document and must not void its ETag.
  const collection = collectionOf<TaskDocument>(connection, name);
  const background = createTasks();

  const perform = async (tenantId: string, id: string, task: Task): Promise<unknown> => {
    switch (task.kind) {
      case 'CREATE_CUSTOMER':
        return customers.in(tenantId).insert({ ...newCustomer(task.id, task.customer), tasks: [] }, customerCreated);
      case 'END_SESSIONS':
        return endSessionsOf(tenantId, id);
      case 'AUDIT':
        return audits.in(tenantId).insert(newAuditEvent(task.id, task.at, task.entry));
      case 'MAIL':
        return mails.send(tenantId, id, task).catch((error: unknown) => {
          if (!isDomainError(error) || error.kind !== 'invalid') throw error;
          // It would be refused every time: better one mail lost, and said so, than a task for ever.
          log.error({ err: error, userId: id, mail: task.mail }, 'a mail was refused for good');
        });
    }
  };
  const finish = async (tenantId: string, id: string, task: Task): Promise<void> => {
    await perform(tenantId, id, task);
    await collection.updateOne({ _id: id, tenantId }, { $pull: { tasks: { id: task.id, kind: task.kind } } } as object);
  };
  const finishQuietly = (tenantId: string, id: string, task: Task): Promise<void> =>
    finish(tenantId, id, task).catch((error: unknown) =>
      log.warn({ err: error, collection: name, id, task: task.kind }, 'a task could not be done yet'),
    );
  const run: TaskRunner['run'] = async (tenantId, id) => {
    const document = await collection.findOne({ _id: id, tenantId }, { projection: { tasks: 1 } });
    for (const task of document?.tasks ?? []) {
      if (task.kind === 'MAIL') background.add(finishQuietly(tenantId, id, task));
      else await finish(tenantId, id, task);
    }
  };

  return {
    run,
    idle: () => background.idle(),
    add: async (tenantId, id, tasks) => {
      await collection.updateOne({ _id: id, tenantId }, { $push: { tasks: { $each: tasks } } } as object);
      await run(tenantId, id);
    },
    sweep: async () => {
      const documents = await collection
        .find(open, { projection: { tenantId: 1, tasks: 1 } })
        .sort({ 'tasks.at': 1 })
        .limit(BATCH)
        .toArray();
      for (const { _id, tenantId, tasks } of documents) for (const task of tasks) await finishQuietly(tenantId, _id, task);
    },
    ensureIndexes: () => ensureIndexes(collection, [], [{ key: { 'tasks.at': 1 }, name: 'tasks_open', partialFilterExpression: open }]),
  };
};
