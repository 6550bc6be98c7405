import type { HttpClient } from '@riparo/shared/testing/http-client';
import { createTestClock } from '@riparo/shared/testing/test-clock';
import { createTestPlatform, type TestPlatform, type TestPlatformOptions } from '@riparo/shared/testing/test-platform';
import { createTestTokens } from '@riparo/shared/testing/test-tokens';
import { loadAuthConfig } from '../src/config.js';
import type { OpenWork } from '../src/customer/open-work.js';
import type { Mail, Mailer } from '../src/mail/mailer.js';
import type { AuthOptions } from '../src/dependencies.js';
import { createAuthService, type AuthService } from '../src/service.js';
import { buildRegistration, buildStaff } from './user.builder.js';

export const ADMIN = { email: 'owner@centre.test', password: 'the owner of the centre' };

export const CONFIG = { ADMIN_EMAIL: ADMIN.email, ADMIN_PASSWORD: ADMIN.password, BCRYPT_COST: '4', HASH_THREADS: '1' };

export interface SignedIn {
  readonly user: { readonly id: string; readonly email: string; readonly customerId?: string; readonly version: number };
  readonly customer?: { readonly id: string; readonly version: number };
  readonly token: string;
  readonly refreshToken: string;
  readonly expiresAt: string;
}

export interface Bench extends TestPlatform {
  /** Handed over to the notifications service so far, in order. */
  readonly mails: readonly Mail[];
  readonly api: HttpClient;
  readonly url: string;
  readonly service: AuthService;
  signIn(email: string, password: string): Promise<SignedIn>;
  asAdmin(): Promise<string>;
  /** A customer with its first user. */
  registerCustomer(part?: object): Promise<SignedIn>;
  /** A member of staff, approved; with a token. */
  approvedStaff(part?: object): Promise<SignedIn>;
  /** Everything in the background is done: mails handed over, events published. */
  idle(): Promise<void>;
  /** The token of the link that was last mailed to somebody. */
  linkTo(email: string): Promise<string>;
  /** The types of the events published so far about something. */
  eventsAbout(subject: string): Promise<readonly string[]>;
}

export interface BenchOptions extends Partial<TestPlatformOptions> {
  readonly env?: Readonly<Record<string, string>>;
  readonly parts?: AuthOptions;
}

/** The real service on a database of its own; it signs its tokens itself, and those of the test bench pass too. */
export const startBench = async ({ env = {}, parts = {}, ...options }: BenchOptions = {}): Promise<Bench> => {
  const clock = options.clock ?? createTestClock(options.now);
  const testTokens = createTestTokens(clock);
  let service: AuthService | undefined;
  let registered = 0;
  const mails: Mail[] = [];
  // Once by its id, as the notifications service takes it: the job may hand over what a request is handing over.
  const mailer: Mailer = {
    send: async (mail) => {
      if (!mails.some(({ id }) => id === mail.id)) mails.push(mail);
    },
  };
  const openWork: OpenWork = { of: async () => ({ tickets: 0 }) };
  const keys = { find: async (kid: string) => (await testTokens.keys.find(kid)) ?? (await service?.keys.find(kid)) };
  const bench = await createTestPlatform({ ...options, service: 'auth', clock, tokens: { ...testTokens, keys } });
  const { api, url } = await bench.startService(
    (platform) => {
      service = createAuthService(platform, loadAuthConfig({ ...CONFIG, ...env }), { mailer, openWork, ...parts });
      return service;
    },
    { trustProxy: 'loopback' },
  );

  const signIn: Bench['signIn'] = async (email, password) => {
    const { status, body } = await api.post<SignedIn>('/auth/login', { email, password });
    if (status !== 200) throw new Error(`login of ${email}: ${status} ${body.code}`);
    return body.data;
  };
  const asAdmin = async (): Promise<string> => (await signIn(ADMIN.email, ADMIN.password)).token;

  const idle = async (): Promise<void> => {
    await service!.idle();
    await bench.idle();
  };

  return {
    ...bench,
    api,
    url,
    service: service!,
    mails,
    signIn,
    asAdmin,
    registerCustomer: async (part = {}) => {
      // Each from an address of its own: registrations of one address are counted.
      const headers = { 'x-forwarded-for': `198.51.${registered >> 8}.${registered++ & 255}` };
      const { status, body, text } = await api.post<SignedIn>('/auth/register', buildRegistration(part), { headers });
      if (status !== 201) throw new Error(`registration: ${status} ${text}`);
      return body.data;
    },
    approvedStaff: async (part = {}) => {
      const staff = buildStaff(part);
      const { body } = await api.post<{ id: string; user: { id: string } }>('/auth/register/staff', staff);
      const approved = await api.post(`/registrations/${body.data.user.id}/approve`, undefined, { token: await asAdmin() });
      if (approved.status !== 200) throw new Error(`approval: ${approved.status} ${approved.text}`);
      return signIn(String(staff.email), String(staff.password));
    },
    idle,
    linkTo: async (email) => {
      await idle();
      const mail = mails.filter(({ to }) => to === email).findLast(({ body }) => body.includes('token='));
      if (mail === undefined) throw new Error(`no link was mailed to ${email}`);
      return /token=([\w-]+)/.exec(mail.body)![1]!;
    },
    eventsAbout: async (subject) => {
      await bench.idle();
      return bench.published.filter((event) => event.subject === subject).map(({ type }) => type);
    },
  };
};

/** For `describe`s whose tests start instances of their own: stopped after each test, also one that fails half-way. */
export const ownInstances = (): typeof startBench => {
  const running: Bench[] = [];
  afterEach(async () => {
    // The last first: it may stand on the database of the one before.
    for (const bench of running.splice(0).reverse()) await bench.stop();
  });
  return async (options) => {
    const bench = await startBench(options);
    running.push(bench);
    return bench;
  };
};
