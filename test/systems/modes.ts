import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TOPOLOGY } from '@riparo/shared/contracts/topology';
import { brokerDefinitions } from '@riparo/shared/messaging/broker-definitions';
import { eventually } from '@riparo/shared/testing/eventually';
import { requireRabbit, type RabbitHost, type RabbitNode } from '@riparo/shared/testing/rabbit-node';
import { requireRabbitHost } from '@riparo/shared/testing/shared-rabbit';
import { startSmtpSink, type SmtpSink } from '@riparo/shared/testing/smtp-sink';
import type { Cast } from '../journey/journey.js';
import type { Mailbox } from '../journey/mailbox.js';
import { createPerson } from '../journey/person.js';
import { oneProcess } from './one-process.js';
import { separateProcesses } from './separate-processes.js';
import type { System, SystemOptions } from './system.js';

/** The first administrator of every system. */
export const ADMIN = { adminEmail: 'owner@example.com', adminPassword: 'a-long-enough-passphrase' };
/** Starting a broker and eight processes takes its time on a small machine. */
const TIMEOUT_MS = 360_000;

export interface Scene {
  readonly system: System;
  readonly cast: Cast;
  /** The mail server. */
  readonly sink: SmtpSink;
}

/** A scene of separate processes, with the part of a broker that is theirs alone. */
export interface BrokerScene<B extends RabbitHost = RabbitHost> extends Scene {
  readonly broker: B;
}

/** Starts an installation with an administrator who is signed in; `env` is added to its environment. */
export type Begin<S extends Scene = Scene> = (env?: Readonly<Record<string, string>>) => Promise<S>;

interface Launched {
  readonly system: System;
  readonly broker?: RabbitHost;
}

type CleanUp = (() => Promise<unknown>)[];
type Launch<L extends Launched> = (options: SystemOptions, cleanUp: CleanUp) => Promise<L>;

const launchOneProcess: Launch<Launched> = async (options) => ({ system: await oneProcess(options) });

const launchSeparately =
  <B extends RabbitHost>(takeBroker: (cleanUp: CleanUp) => Promise<B>): Launch<Launched & { broker: B }> =>
  async (options, cleanUp) => {
    const broker = await takeBroker(cleanUp);
    return { broker, system: await separateProcesses({ ...options, amqpUrl: broker.url }) };
  };

const mailboxOf = (sink: SmtpSink): Mailbox => ({
  port: sink.port,
  mails: () =>
    sink.mails.map(({ to, mail }) => ({ to, subject: mail.subject ?? '', text: mail.text ?? '', messageId: mail.messageId ?? '' })),
});

const open = async <L extends Launched>(launch: Launch<L>, cleanUp: CleanUp, env: Readonly<Record<string, string>>) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'riparo-system-'));
  cleanUp.push(() => rm(dataDir, { recursive: true, force: true, maxRetries: 5 }));
  const sink = await startSmtpSink();
  cleanUp.push(() => sink.stop());
  const launched = await launch({ ...ADMIN, dataDir, smtpPort: sink.port, env }, cleanUp);
  const { system } = launched;
  cleanUp.push(() => system.stop());
  const admin = createPerson(system.url, ADMIN.adminEmail, ADMIN.adminPassword);
  await eventually(() => admin.logIn().then(() => true));
  return { ...launched, sink, cast: { url: system.url, mailbox: mailboxOf(sink), admin } };
};

const describeMode = <L extends Launched>(title: string, launch: Launch<L>, define: (begin: Begin<Scene & L>) => void): void => {
  describe(title, function () {
    this.timeout(TIMEOUT_MS);
    const cleanUp: CleanUp = [];
    let output: (() => string) | undefined;
    afterEach(async function () {
      if (this.currentTest?.state === 'failed') console.log(output?.() ?? '');
      for (const undo of cleanUp.splice(0).reverse()) await undo();
    });
    define(async (env = {}) => {
      const scene = await open(launch, cleanUp, env);
      output = () => scene.system.output();
      return scene;
    });
  });
};

/** Describes behaviour of the one-process mode; each test begins its own scene. */
export const inOneProcess = (title: string, define: (begin: Begin) => void): void => {
  describeMode(`${title}, one process`, launchOneProcess, define);
};

const describeSharedMode = <L extends Launched>(
  title: string,
  launch: Launch<L>,
  define: (scene: () => Scene & L) => void,
  env: Readonly<Record<string, string>> = {},
): void => {
  describe(title, function () {
    this.timeout(TIMEOUT_MS);
    const cleanUp: CleanUp = [];
    let scene: (Scene & L) | undefined;
    before(async () => {
      scene = await open(launch, cleanUp, env);
    });
    afterEach(function () {
      if (this.currentTest?.state === 'failed') console.log(scene?.system.output() ?? '');
    });
    after(async () => {
      for (const undo of cleanUp.splice(0).reverse()) await undo();
    });
    define(() => {
      if (scene === undefined) throw new Error('the scene begins with the first test');
      return scene;
    });
  });
};

/** As `inOneProcess`, with one scene that all its tests share: a story told in steps, or people who do not meet. */
export const inOneSharedProcess = (
  title: string,
  define: (scene: () => Scene) => void,
  env: Readonly<Record<string, string>> = {},
): void => {
  describeSharedMode(title, launchOneProcess, define, env);
};

/** Describes behaviour of separate processes; left out, with a word, where RabbitMQ is missing. */
const inSeparateProcesses = (title: string, define: (begin: Begin<BrokerScene>) => void): void => {
  const addHost = requireRabbitHost();
  if (addHost) describeMode(`${title}, separate processes`, launchSeparately(addHost), define);
};

/** As `inSeparateProcesses`, with a broker for each test that it may kill. */
export const withBrokerOfItsOwn = (title: string, define: (begin: Begin<BrokerScene<RabbitNode>>) => void): void => {
  const startNode = requireRabbit();
  if (!startNode) return;
  const takeBroker = async (cleanUp: CleanUp): Promise<RabbitNode> => {
    const node = await startNode();
    cleanUp.push(() => node.stop());
    return node;
  };
  describeMode(`${title}, separate processes`, launchSeparately(takeBroker), define);
};

/** Describes the same behaviour for both modes. */
export const eachMode = (title: string, define: (begin: Begin<Scene & { readonly broker?: RabbitHost }>) => void): void => {
  inOneProcess(title, define);
  inSeparateProcesses(title, define);
};

/** As `eachMode`, with one scene in each mode that all its tests share. */
export const eachSharedMode = (title: string, define: (scene: () => Scene) => void, env: Readonly<Record<string, string>> = {}): void => {
  describeSharedMode(`${title}, one process`, launchOneProcess, define, env);
  const addHost = requireRabbitHost();
  if (addHost) describeSharedMode(`${title}, separate processes`, launchSeparately(addHost), define, env);
};

/** Gives each service a user of its own, with the rights of docs/operations.md. */
const withUsersOfTheirOwn =
  (addHost: (cleanUp: CleanUp) => Promise<RabbitHost>) =>
  async (cleanUp: CleanUp): Promise<RabbitHost> => {
    const broker = await addHost(cleanUp);
    const folder = await mkdtemp(join(tmpdir(), 'riparo-definitions-'));
    cleanUp.push(() => rm(folder, { recursive: true }));
    const file = join(folder, 'definitions.json');
    await writeFile(file, JSON.stringify(brokerDefinitions({ topology: TOPOLOGY, passwords: BROKER_PASSWORDS, vhost: broker.host })));
    await broker.ctl('import_definitions', file);
    return broker;
  };
const BROKER_PASSWORDS = Object.fromEntries(Object.keys(TOPOLOGY).map((service) => [service, `password of ${service}`]));
const BROKER_ENV = Object.fromEntries(
  Object.entries(BROKER_PASSWORDS).map(([service, password]) => [`AMQP_PASSWORD_${service.toUpperCase()}`, password]),
);

/** Describes behaviour of separate processes alone, each with its own user of the broker, with one scene that all tests share. */
export const inSharedSeparateProcesses = (
  title: string,
  define: (scene: () => BrokerScene) => void,
  env: Readonly<Record<string, string>> = {},
): void => {
  const addHost = requireRabbitHost();
  if (!addHost) return;
  describeSharedMode(`${title}, separate processes`, launchSeparately(withUsersOfTheirOwn(addHost)), define, { ...env, ...BROKER_ENV });
};
