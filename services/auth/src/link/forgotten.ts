import { createTasks } from '@riparo/shared/concurrency/tasks';
import type { Document } from 'mongodb';
import type { Connection } from 'mongoose';
import type { Logger } from 'pino';
import { collectionOf } from '@riparo/shared/persistence/collection';
import type { IdSource } from '@riparo/shared/runtime/ids';
import { spellingsOf } from '@riparo/shared/text/normal';
import type { Circumstances } from '../audit/audit-event.js';
import { countedBefore } from '../mail/mail-permits.js';
import { auditTask } from '../task/task.js';
import type { TaskRunner } from '../task/task-runner.js';
import type { UserRepository } from '../user/user.repository.js';

interface ResetRequest extends Document {
  /** Also that of its tasks: a request that is handled twice, by the job beside whoever took it, is one mail. */
  readonly _id: string;
  readonly tenantId: string;
  readonly email: string;
  readonly at: Date;
  readonly ip: string;
}

/**
 * Requests for a new password, noted down before it is looked up whether there is such an account: the answer cannot
 * tell by its time, and a crash loses none.
 */
export interface ForgottenPasswords {
  request(tenantId: string, email: string, circumstances: Circumstances): Promise<void>;
  /** Mails the links that were asked for; what a crash left included. */
  sweep(): Promise<void>;
  idle(): Promise<void>;
}

export interface ForgottenPasswordsOptions {
  readonly connection: Connection;
  readonly users: UserRepository;
  readonly tasks: TaskRunner;
  readonly ids: IdSource;
  readonly log: Logger;
}

const BATCH = 100;

export const createForgottenPasswords = ({ connection, users, tasks, ids, log }: ForgottenPasswordsOptions): ForgottenPasswords => {
  const collection = collectionOf<ResetRequest>(connection, 'forgotten_passwords');
  const background = createTasks();

  const handle = async ({ _id, tenantId, email, at, ip }: ResetRequest): Promise<void> => {
    const user = await users.in(tenantId).findOne({ emailKey: { $in: spellingsOf(email) } });
    if (user?.status === 'ACTIVE') {
      const entry = { type: 'PASSWORD_RESET_REQUESTED', subjectUserId: user.id } as const;
      const own = { next: () => _id };
      await tasks.add(tenantId, user.id, [countedBefore.mail(own, at, 'RESET_PASSWORD'), auditTask(own, { now: at, ip }, entry)]);
    }
    await collection.deleteOne({ _id });
  };
  const handleQuietly = (request: ResetRequest): Promise<void> =>
    handle(request).catch((error: unknown) => log.warn({ err: error }, 'a request for a new password could not be handled yet'));

  return {
    request: async (tenantId, email, { now, ip }) => {
      const request = { _id: ids.next(), tenantId, email, at: now, ip };
      await collection.insertOne(request);
      background.add(handleQuietly(request));
    },
    sweep: async () => {
      const requests = await collection.find({}).sort({ _id: 1 }).limit(BATCH).toArray();
      for (const request of requests) await handleQuietly(request);
    },
    idle: () => background.idle(),
  };
};
