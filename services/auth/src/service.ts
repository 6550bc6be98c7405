import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import type { KeySource } from '@riparo/shared/http/key-source';
import { assembleService } from '@riparo/shared/composition/assemble-service';
import type { Platform } from '@riparo/shared/composition/platform';
import type { Service } from '@riparo/shared/http/service';
import { createInternalClient } from '@riparo/shared/http/internal-client';
import type { AuthConfig } from './config.js';
import { createOpenWork, type OpenWork } from './customer/open-work.js';
import { createDeps } from './deps.js';
import { jobs } from './jobs.js';
import { createInternalMailer, type Mailer } from './mail/mailer.js';
import { routes } from './routes.js';
import { ensureAdmin, type InitialAdmin } from './user/ensure-admin.js';

export interface AuthService extends Service {
  /** For verifiers in the same process. */
  readonly keys: KeySource;
  /** Resolves when nothing runs behind answers that were given: mails are handed over. */
  idle(): Promise<void>;
  /** Does now what the job does every few seconds: what crashes and refusals left undone. */
  sweep(): Promise<void>;
  /** Does now what the job does every night: a new signing key where the newest has served its time. */
  rotateKeys(): Promise<void>;
  /** Does now what the job does every night: audit entries past their time go. */
  forgetOldAudits(): Promise<void>;
}

export interface AuthOptions {
  /** Told once, when the first start has made the SUPER_ADMIN. */
  readonly onInitialAdmin?: (admin: InitialAdmin) => void;
  /** Default: the notifications service at `NOTIFICATIONS_URL`. */
  readonly mailer?: Mailer;
  /** Default: the tickets service at `TICKETS_URL`. */
  readonly openWork?: OpenWork;
}

const internalMailer = ({ serviceTokens }: Platform, { NOTIFICATIONS_URL }: AuthConfig): Mailer =>
  createInternalMailer(createInternalClient({ service: 'notifications', baseUrl: NOTIFICATIONS_URL, tokens: serviceTokens }));

const openWorkOf = ({ serviceTokens }: Platform, { TICKETS_URL }: AuthConfig): OpenWork =>
  createOpenWork(createInternalClient({ service: 'tickets', baseUrl: TICKETS_URL, tokens: serviceTokens }));

export const createAuthService = (platform: Platform, config: AuthConfig, options: AuthOptions = {}): AuthService => {
  const deps = createDeps(platform, config, {
    mailer: options.mailer ?? internalMailer(platform, config),
    openWork: options.openWork ?? openWorkOf(platform, config),
  });
  const { users, customers, sessions, records, throttles, settings, links, audits, keys, tasks, forgotten, hasher } = deps;
  const { customerTasks, settingsTasks, auditRetention } = deps;
  const taskRunners = [tasks, customerTasks, settingsTasks];
  const idle = async (): Promise<void> => {
    await forgotten.idle();
    await tasks.idle();
  };
  const service = assembleService({
    name: 'auth',
    platform,
    routes: routes(deps),
    jobs: jobs(deps),
    repositories: [users, customers, sessions, records, throttles, settings, links, audits, auditRetention, keys, ...taskRunners],
    onStart: async () => {
      await keys.current();
      await settings.of(DEFAULT_TENANT);
      const admin = await ensureAdmin({ users, hasher, ids: platform.ids, email: config.ADMIN_EMAIL, password: config.ADMIN_PASSWORD });
      if (admin !== undefined) options.onInitialAdmin?.(admin);
    },
    onStop: async () => {
      await idle();
      await hasher.stop();
    },
  });
  const sweep = async (): Promise<void> => {
    await forgotten.sweep();
    for (const runner of taskRunners) await runner.sweep();
  };
  return { ...service, keys: keys.source, idle, sweep, rotateKeys: () => keys.rotate(), forgetOldAudits: () => auditRetention.sweep() };
};
