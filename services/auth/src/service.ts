import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import type { KeySource } from '@riparo/shared/http/key-source';
import { assembleService } from '@riparo/shared/composition/assemble-service';
import type { Platform } from '@riparo/shared/composition/platform';
import type { Service } from '@riparo/shared/http/service';
import type { AuthConfig } from './config.js';
import { createDependencies, type AuthOptions } from './dependencies.js';
import { jobs } from './jobs.js';
import { routes } from './routes.js';
import { subscriptions } from './subscriptions.js';
import { ensureAdmin } from './user/ensure-admin.js';

export interface AuthService extends Service {
  /** For verifiers in the same process. */
  readonly keys: KeySource;
  /** Resolves when nothing runs behind answers that were given: mails are handed over. */
  idle(): Promise<void>;
  /** Does now what the job does every few seconds: what crashes and refusals left undone. */
  sweep(): Promise<void>;
  /** Does now what the job does every night: a new signing key where the newest has served its time. */
  rotateKeys(): Promise<void>;
  /** Does now what the job does every few seconds: stored words are brought in line with those of this version. */
  renewWords(): Promise<void>;
  /** Does now what the job does every night: audit entries past their time go. */
  forgetOldAudits(): Promise<void>;
}

export const createAuthService = (platform: Platform, config: AuthConfig, outside: AuthOptions = {}): AuthService => {
  const deps = createDependencies(platform, config, outside);
  const { users, settings, keys, hasher, tasks, customerTasks, settingsTasks, forgotten, auditRetention } = deps;
  const idle = async (): Promise<void> => {
    await forgotten.idle();
    await tasks.idle();
  };
  const service = assembleService({
    name: 'auth',
    platform,
    routes: routes(deps),
    subscriptions: subscriptions(deps),
    jobs: jobs(deps),
    repositories: deps.repositories,
    onStart: async () => {
      await keys.current();
      await settings.of(DEFAULT_TENANT);
      const admin = await ensureAdmin({ users, hasher, ids: platform.ids, email: config.ADMIN_EMAIL, password: config.ADMIN_PASSWORD });
      if (admin !== undefined) outside.onInitialAdmin?.(admin);
    },
    onStop: async () => {
      await idle();
      await hasher.stop();
    },
  });
  const sweep = async (): Promise<void> => {
    await forgotten.sweep();
    for (const runner of [tasks, customerTasks, settingsTasks]) await runner.sweep();
  };
  return {
    ...service,
    keys: keys.source,
    idle,
    sweep,
    rotateKeys: () => keys.rotate(),
    renewWords: deps.renewWords,
    forgetOldAudits: () => auditRetention.sweep(),
  };
};
