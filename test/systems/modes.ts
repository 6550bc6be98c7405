import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@riparo/shared/testing/eventually';
import { requireRabbit, type RabbitNode } from '@riparo/shared/testing/rabbit-node';
import { startSmtpSink, type SmtpSink } from '@riparo/shared/testing/smtp-sink';
import type { Cast } from '../journey/journey.js';
import type { Mailbox } from '../journey/mailbox.js';
import { createPerson } from '../journey/person.js';
import { oneProcess } from './one-process.js';
import { separateProcesses } from './separate-processes.js';
import type { System, SystemOptions } from './system.js';

const ADMIN = { adminEmail: 'owner@example.com', adminPassword: 'a-long-enough-passphrase' };
/** Starting a broker and eight processes takes its time on a small machine. */
const TIMEOUT_MS = 180_000;

export interface Scene {
  readonly system: System;
  readonly cast: Cast;
}

interface Launched {
  readonly system: System;
  /** Ends what was started beside the system. */
  readonly release: () => Promise<void>;
}

type Launch = (options: SystemOptions) => Promise<Launched>;

const launchOneProcess: Launch = async (options) => ({ system: await oneProcess(options), release: () => Promise.resolve() });

const launchSeparately =
  (startBroker: () => Promise<RabbitNode>): Launch =>
  async (options) => {
    const broker = await startBroker();
    try {
      return { system: await separateProcesses({ ...options, amqpUrl: broker.url }), release: () => broker.stop() };
    } catch (error) {
      await broker.stop();
      throw error;
    }
  };

const mailboxOf = (sink: SmtpSink): Mailbox => ({
  port: sink.port,
  mails: () =>
    sink.mails.map(({ to, mail }) => ({ to, subject: mail.subject ?? '', text: mail.text ?? '', messageId: mail.messageId ?? '' })),
});

const open = async (launch: Launch, cleanUp: (() => Promise<void>)[]): Promise<Scene> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'riparo-system-'));
  cleanUp.push(() => rm(dataDir, { recursive: true, force: true, maxRetries: 5 }));
  const sink = await startSmtpSink();
  cleanUp.push(() => sink.stop());
  const { system, release } = await launch({ ...ADMIN, dataDir, smtpPort: sink.port });
  cleanUp.push(release, () => system.stop());
  const admin = createPerson(system.url, ADMIN.adminEmail, ADMIN.adminPassword);
  await eventually(() => admin.logIn().then(() => true));
  return { system, cast: { url: system.url, mailbox: mailboxOf(sink), admin } };
};

/** Describes the same behaviour for the one-process mode and for separate processes; each test begins its own scene. */
export const eachMode = (title: string, define: (begin: () => Promise<Scene>) => void): void => {
  const startBroker = requireRabbit();
  const modes = { 'one process': launchOneProcess, ...(startBroker ? { 'separate processes': launchSeparately(startBroker) } : {}) };
  for (const [mode, launch] of Object.entries(modes)) {
    describe(`${title}, ${mode}`, function () {
      this.timeout(TIMEOUT_MS);
      const cleanUp: (() => Promise<void>)[] = [];
      afterEach(async () => {
        for (const undo of cleanUp.splice(0).reverse()) await undo();
      });
      define(() => open(launch, cleanUp));
    });
  }
};
