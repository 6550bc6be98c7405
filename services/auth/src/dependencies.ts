import type { Platform } from '@riparo/shared/composition/platform';
import { pageCookiesOf } from '@riparo/shared/http/page-session';
import { createDerivedUpkeep } from '@riparo/shared/persistence/derived-upkeep';
import { createRefreshDerived } from '@riparo/shared/persistence/refresh-derived';
import { WORD_SCHEME } from '@riparo/shared/text/search-words';
import { createInternalClient } from '@riparo/shared/http/internal-client';
import { createAuditRetention } from './audit/audit-retention.js';
import { createAuditRepository, createAuditTrail } from './audit/audit-trail.js';
import type { AuthConfig } from './config.js';
import { customerWords, type Customer } from './customer/customer.js';
import { createCustomerRepository } from './customer/customer.repository.js';
import { createEndSessionsOf } from './customer/end-sessions.js';
import { createOpenWork, type OpenWork } from './customer/open-work.js';
import { createEmailFailures } from './email-failure/email-failures.js';
import { createExports } from './exports.js';
import { createForgottenPasswords } from './link/forgotten.js';
import { createLinkGuard } from './link/link-guard.js';
import { createLinks } from './link/links.js';
import { createAccountMails } from './mail/account-mails.js';
import { createMailPermits } from './mail/mail-permits.js';
import { createInternalMailer, type Mailer } from './mail/mailer.js';
import { createPasswordHasher, type PasswordHasher } from './password/password-hasher.js';
import { createCompleteSignIn } from './session/complete-sign-in.js';
import { createCredentials } from './session/credentials.js';
import { createKnownAddress } from './session/known-address.js';
import { createSessions } from './session/open-session.js';
import { createRevoke } from './session/revoke.js';
import { createSessionRepository } from './session/session.repository.js';
import { createSignInRefusal } from './session/sign-in-refusal.js';
import { createSignIn } from './session/sign-in.js';
import { createSignInRecords } from './session/sign-in-record.repository.js';
import { createSettingsRepository } from './settings/settings.repository.js';
import { createAccessTokens } from './signing-key/access-tokens.js';
import { createConfiguredKeys, createGeneratedKeys, type SigningKeys } from './signing-key/signing-keys.js';
import { createTaskRunner, type TaskRunner } from './task/task-runner.js';
import { createGuessLimiter } from './throttle/guess-limiter.js';
import { createThrottleRepository } from './throttle/throttle.repository.js';
import type { InitialAdmin } from './user/ensure-admin.js';
import { createRegistrationLimiter } from './user/registration-limiter.js';
import { createSuperAdminGuard } from './user/super-admin-guard.js';
import { createUserRepository, USERS } from './user/user.repository.js';
import { userWords, type User } from './user/user.js';

/** What auth may be given from outside. */
export interface AuthOptions {
  /** Told once, when the first start has made the SUPER_ADMIN. */
  readonly onInitialAdmin?: (admin: InitialAdmin) => void;
  /** Default: the notifications service at `NOTIFICATIONS_URL`. */
  readonly mailer?: Mailer;
  /** Default: the tickets service at `TICKETS_URL`. */
  readonly openWork?: OpenWork;
  /** Default: bcrypt with the configured cost. */
  readonly hasher?: PasswordHasher;
}

const internalMailer = ({ serviceTokens }: Platform, { NOTIFICATIONS_URL }: AuthConfig): Mailer =>
  createInternalMailer(createInternalClient({ service: 'notifications', baseUrl: NOTIFICATIONS_URL, tokens: serviceTokens }));

const openWorkOf = ({ serviceTokens }: Platform, { TICKETS_URL }: AuthConfig): OpenWork =>
  createOpenWork(createInternalClient({ service: 'tickets', baseUrl: TICKETS_URL, tokens: serviceTokens }));

const createKeys = (platform: Platform, config: AuthConfig): SigningKeys =>
  config.JWT_PRIVATE_KEY === undefined
    ? createGeneratedKeys(platform, { rotateAfterDays: config.JWT_KEY_ROTATION_DAYS, tokenLifetimeMs: config.JWT_EXPIRES_IN })
    : createConfiguredKeys(config.JWT_PRIVATE_KEY);

/** What auth keeps: each has a collection of its own. */
const createCollections = (platform: Platform, config: AuthConfig) => ({
  users: createUserRepository(platform),
  customers: createCustomerRepository(platform),
  sessions: createSessionRepository(platform),
  records: createSignInRecords(platform),
  throttles: createThrottleRepository(platform),
  settings: createSettingsRepository(platform, {
    companyName: config.COMPANY_NAME,
    timeZone: config.DEFAULT_TIMEZONE,
    locale: config.DEFAULT_LOCALE,
    currency: config.DEFAULT_CURRENCY,
  }),
  links: createLinks(platform),
  emailFailures: createEmailFailures(platform),
  audits: createAuditRepository(platform),
  auditRetention: createAuditRetention({ ...platform, days: config.AUDIT_RETENTION_DAYS }),
  keys: createKeys(platform, config),
});

const createHasher = ({ BCRYPT_COST: cost, HASH_QUEUE: maxQueue, HASH_THREADS: threads }: AuthConfig) =>
  createPasswordHasher({ cost, maxQueue, ...(threads === undefined ? {} : { threads }) });

/** Brings stored words in line with those of this version. */
const createRenewWords = (platform: Platform) =>
  createDerivedUpkeep({ ...platform, scheme: WORD_SCHEME }, [
    createRefreshDerived<User>(platform, {
      collection: USERS,
      derive: () => Promise.resolve((user) => ({ searchTerms: userWords(user) })),
    }),
    createRefreshDerived<Customer>(platform, {
      collection: 'customers',
      derive: () => Promise.resolve((customer) => ({ searchTerms: customerWords(customer) })),
    }),
  ]);

/** What other services and the pages of this one come in by. */
const createEntrances = (platform: Platform, { PUBLIC_URL }: AuthConfig) => ({
  ...createExports(platform),
  verifier: platform.verifier,
  pageCookies: pageCookiesOf(PUBLIC_URL),
});

/** Everything the use cases are made with; each takes the few it needs. */
export const createDependencies = (platform: Platform, config: AuthConfig, outside: AuthOptions = {}) => {
  const { ids, lease, clock } = platform;
  const collections = createCollections(platform, config);
  const { users, customers, sessions, records, throttles, settings, links, audits, keys } = collections;
  const mailer = outside.mailer ?? internalMailer(platform, config);
  const accessTokens = createAccessTokens(keys, config.JWT_EXPIRES_IN);
  const revoke = createRevoke(platform.revocations);
  const endSessionsOf = createEndSessionsOf({ users, accessTokens, revoke, clock });
  const mails = createAccountMails({ users, links, settings, mailer, publicUrl: config.PUBLIC_URL });
  const tasksOf = (collection: 'users' | 'customers' | 'settings'): TaskRunner =>
    createTaskRunner({ ...platform, collection, customers, audits, mails, endSessionsOf });
  const [tasks, customerTasks, settingsTasks] = [tasksOf('users'), tasksOf('customers'), tasksOf('settings')];
  const hasher = outside.hasher ?? createHasher(config);
  const limiter = createGuessLimiter(throttles, clock);
  const mailPermits = createMailPermits(limiter);
  const refreshLifetimeMs = config.REFRESH_EXPIRES_IN;
  const refusal = createSignInRefusal(customers);
  const openSessions = createSessions({ sessions, accessTokens, refusal, ids, refreshLifetimeMs });
  const trail = createAuditTrail(audits, ids);
  const credentials = createCredentials({ users, hasher, limiter, records });
  const completeSignIn = createCompleteSignIn({
    users,
    customers,
    sessions: openSessions,
    records,
    hasher,
    tasks,
    trail,
    mailPermits,
    ids,
  });
  return {
    ...collections,
    ...createEntrances(platform, config),
    openWork: outside.openWork ?? openWorkOf(platform, config),
    clock,
    trail,
    tasks,
    customerTasks,
    settingsTasks,
    renewWords: createRenewWords(platform),
    forgotten: createForgottenPasswords({ ...platform, users, tasks }),
    credentials,
    refusal,
    accessTokens,
    hasher,
    limiter,
    mailPermits,
    knownAddress: createKnownAddress({ users, records }),
    registrations: createRegistrationLimiter(limiter),
    linkGuard: createLinkGuard({ users, links, limiter }),
    openSessions,
    refreshLifetimeMs,
    superAdmins: createSuperAdminGuard(users, lease),
    revoke,
    completeSignIn,
    signIn: createSignIn({ credentials, completeSignIn, trail }),
    /** Whatever has indexes. */
    repositories: [...Object.values(collections), tasks, customerTasks, settingsTasks],
  };
};

export type Dependencies = ReturnType<typeof createDependencies>;
