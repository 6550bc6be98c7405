import type { Platform } from '@riparo/shared/composition/platform';
import { createAuditRetention } from './audit/audit-retention.js';
import { createAuditRepository, createAuditTrail } from './audit/audit-trail.js';
import type { AuthConfig } from './config.js';
import { createCustomerRepository } from './customer/customer.repository.js';
import { createForgottenPasswords } from './link/forgotten.js';
import { createLinks } from './link/links.js';
import { createAccountMails } from './mail/account-mails.js';
import type { Mailer } from './mail/mailer.js';
import type { OpenWork } from './customer/open-work.js';
import { createPasswordHasher } from './password/password-hasher.js';
import { createCompleteSignIn } from './session/complete-sign-in.js';
import { createCredentials } from './session/credentials.js';
import { createSessions } from './session/open-session.js';
import { createRevoke } from './session/revoke.js';
import { createSessionRepository } from './session/session.repository.js';
import { createSignInRecords } from './session/sign-in-record.repository.js';
import { createSettingsRepository } from './settings/settings.repository.js';
import { createAccessTokens } from './signing-key/access-tokens.js';
import { createConfiguredKeys, createGeneratedKeys, type SigningKeys } from './signing-key/signing-keys.js';
import type { Storage } from './storage.js';
import { createTaskRunner, type TaskRunner } from './task/task-runner.js';
import { createGuessLimiter } from './throttle/guess-limiter.js';
import { createThrottleRepository } from './throttle/throttle.repository.js';
import { createRegistrationLimiter } from './user/registration-limiter.js';
import { createSuperAdminGuard } from './user/super-admin-guard.js';
import { createUserRepository } from './user/user.repository.js';

const createKeys = (storage: Storage, config: AuthConfig): SigningKeys =>
  config.JWT_PRIVATE_KEY === undefined
    ? createGeneratedKeys({
        storage,
        clock: storage.clock,
        rotateAfterDays: config.JWT_KEY_ROTATION_DAYS,
        tokenLifetimeMs: config.JWT_EXPIRES_IN,
      })
    : createConfiguredKeys(config.JWT_PRIVATE_KEY);

/** What this service needs of others. */
export interface Outside {
  readonly mailer: Mailer;
  readonly openWork: OpenWork;
}

/** Everything the use cases are made with; each takes the few it needs. */
export const createDeps = (platform: Platform, config: AuthConfig, { mailer, openWork }: Outside) => {
  const { connection, clock, relay, ids, lease, log } = platform;
  const storage: Storage = { connection, clock, relay, service: 'auth' };
  const keys = createKeys(storage, config);
  const accessTokens = createAccessTokens(keys, config.JWT_EXPIRES_IN);
  const hasher = createPasswordHasher({
    cost: config.BCRYPT_COST,
    maxQueue: config.HASH_QUEUE,
    ...(config.HASH_THREADS === undefined ? {} : { threads: config.HASH_THREADS }),
  });
  const users = createUserRepository(storage);
  const customers = createCustomerRepository(storage);
  const sessions = createSessionRepository(storage);
  const records = createSignInRecords(storage);
  const throttles = createThrottleRepository(storage);
  const limiter = createGuessLimiter(throttles);
  const refreshLifetimeMs = config.REFRESH_EXPIRES_IN;
  const settings = createSettingsRepository(storage, {
    companyName: config.COMPANY_NAME,
    timeZone: config.DEFAULT_TIMEZONE,
    locale: config.DEFAULT_LOCALE,
    currency: config.DEFAULT_CURRENCY,
  });
  const links = createLinks(storage, clock, ids);
  const audits = createAuditRepository(storage);
  const mails = createAccountMails({ users, links, settings, mailer, publicUrl: config.PUBLIC_URL });
  const tasksOf = (collection: 'users' | 'customers' | 'settings'): TaskRunner =>
    createTaskRunner({ connection, collection, customers, audits, mails, log });
  const tasks = tasksOf('users');
  const openSessions = createSessions({ sessions, accessTokens, ids, refreshLifetimeMs });
  return {
    users,
    customers,
    sessions,
    openSessions,
    records,
    throttles,
    settings,
    openWork,
    links,
    audits,
    trail: createAuditTrail(audits, ids),
    auditRetention: createAuditRetention({ connection, clock, days: config.AUDIT_RETENTION_DAYS }),
    tasks,
    customerTasks: tasksOf('customers'),
    settingsTasks: tasksOf('settings'),
    forgotten: createForgottenPasswords({ connection, users, tasks, ids, log }),
    credentials: createCredentials({ users, hasher, limiter, records }),
    keys,
    accessTokens,
    hasher,
    limiter,
    registrations: createRegistrationLimiter(limiter),
    refreshLifetimeMs,
    superAdmins: createSuperAdminGuard(users, lease),
    revoke: createRevoke(platform.revocations),
    completeSignIn: createCompleteSignIn({ users, customers, sessions: openSessions, records, hasher, tasks, ids }),
  };
};

export type Deps = ReturnType<typeof createDeps>;
