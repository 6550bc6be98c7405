import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PublishedUser } from '@riparo/shared/contracts/auth.events';
import { CustomerCreated, SettingsChanged, UserRegistered } from '@riparo/shared/contracts/auth.events';
import type { PublishedTicket } from '@riparo/shared/contracts/tickets.events';
import { startSmtpSink, type SmtpSink } from '@riparo/shared/testing/smtp-sink';
import {
  createTestPlatform,
  type RunningTestService,
  type TestPlatform,
  type TestPlatformOptions,
} from '@riparo/shared/testing/test-platform';
import { loadNotificationsConfig, type NotificationsConfig } from '../src/config.js';
import type { NotificationsOptions } from '../src/dependencies.js';
import { createNotificationsService, type NotificationsService } from '../src/service.js';

export interface Bench extends TestPlatform, RunningTestService {
  readonly smtp: SmtpSink;
  readonly service: NotificationsService;
  readonly dataDir: string;
  /** Looks for due mail as the cron job would, and waits until nothing is being delivered. */
  deliver(): Promise<void>;
  knowUser(user?: Partial<PublishedUser>, version?: number): Promise<PublishedUser>;
  stop(): Promise<void>;
}

export interface BenchOptions extends Partial<Omit<TestPlatformOptions, 'service'>> {
  readonly config?: Partial<NotificationsConfig>;
  readonly parts?: NotificationsOptions;
  readonly smtp?: SmtpSink;
  /** `.eml` files instead of the mail server. */
  readonly withoutSmtp?: boolean;
}

/** The cron expression never comes due: tests say when to look. */
const NEVER = '0 0 0 29 2 *';

export const buildUser = (overrides: Partial<PublishedUser> = {}): PublishedUser => {
  const id = randomUUID();
  const base = {
    id,
    email: `${id.slice(0, 8)}@example.test`,
    name: 'Ada Rossi',
    role: 'ENGINEER',
    status: 'ACTIVE',
    skills: [],
    removed: false,
  } as const;
  return { ...base, ...overrides };
};

export const buildTicket = (overrides: Partial<PublishedTicket> = {}): PublishedTicket => ({
  id: randomUUID(),
  ticketNumber: 'TKT-2026-001',
  customerId: randomUUID(),
  createdByUserId: randomUUID(),
  title: 'The screen stays black',
  category: 'HARDWARE',
  priority: 'HIGH',
  status: 'OPEN',
  stage: 'NEW',
  source: 'PORTAL',
  slaBreached: false,
  createdAt: '2026-03-02T09:00:00.000Z',
  ...overrides,
});

export const startBench = async (options: BenchOptions = {}): Promise<Bench> => {
  const { config = {}, parts = {}, withoutSmtp = false, smtp: given, ...platformOptions } = options;
  const smtp = given ?? (await startSmtpSink());
  const dataDir = await mkdtemp(join(tmpdir(), 'riparo-notifications-'));
  const testPlatform = await createTestPlatform({ service: 'notifications', ...platformOptions });
  const full = {
    ...loadNotificationsConfig({
      NOTIFY_CRON: NEVER,
      NOTIFY_HOLD_SECONDS: '0',
      MAIL_FROM: 'Riparo <desk@riparo.test>',
      PUBLIC_URL: 'https://support.test/',
      PORTAL_URL: 'https://support.test/',
      DATA_DIR: dataDir,
    }),
    ...(withoutSmtp ? {} : { SMTP_HOST: '127.0.0.1', SMTP_PORT: smtp.port }),
    ...config,
  };
  const service = createNotificationsService(testPlatform.platform, full, parts);
  const running = await testPlatform.startService(() => service);
  return {
    ...testPlatform,
    ...running,
    smtp,
    service,
    dataDir,
    deliver: async () => {
      for (const channel of ['EMAIL', 'SMS', 'IN_APP'] as const) service.deliverDue(channel);
      await service.idle();
    },
    knowUser: async (overrides, version = 1) => {
      const user = buildUser(overrides);
      await testPlatform.publish(UserRegistered, { user }, { subject: user.id, version });
      return user;
    },
    stop: async () => {
      await testPlatform.stop();
      if (given === undefined) await smtp.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};

export const knowCompany = (bench: Bench, locale = 'en'): Promise<void> =>
  bench.publish(SettingsChanged, {
    settings: {
      companyName: 'Officina Riparo',
      timeZone: 'Europe/Rome',
      locale,
      currency: 'EUR',
      calendar: { timeZone: 'Europe/Rome', weekly: {}, exceptions: [] },
    },
  });

export const knowCustomer = async (bench: Bench, id: string, contactEmail: string): Promise<void> => {
  const customer = { id, type: 'BUSINESS', name: 'Studio Verdi', contactEmail, status: 'ACTIVE' } as const;
  await bench.publish(CustomerCreated, { customer }, { subject: id });
};
