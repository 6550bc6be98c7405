import { createServer } from 'node:net';
import { checkMailServer } from '@riparo/notifications/channel/check-mail-server';
import { TOPOLOGY } from '@riparo/shared/contracts/topology';
import { createLogger } from '@riparo/shared/logging/create-logger';
import { createRabbitBus } from '@riparo/shared/messaging/rabbit-bus';
import { connectMongo } from '@riparo/shared/persistence/connection';
import type { AllInOneConfig } from '../config.js';
import { sentenceOf } from '../backup/fault.js';
import { fail, ok, warn, type Finding } from './finding.js';

const ANSWER_MS = 3_000;

const isFree = (port: number, host: string): Promise<true | string> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ port, host }, () => server.close(() => resolve(true)));
  });

interface Readiness {
  readonly ready: boolean;
  readonly bad: readonly string[];
}

/** What Riparo says of itself; a reason in words when nothing there speaks as Riparo does. */
const askReadiness = async (url: string): Promise<Readiness | string> => {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS) });
    const { checks } = (await answer.json()) as { readonly checks?: readonly { readonly name: string; readonly ok: boolean }[] };
    if (checks === undefined) return 'it does not speak as Riparo does';
    return { ready: answer.ok, bad: checks.filter((check) => !check.ok).map(({ name }) => name) };
  } catch (error) {
    return sentenceOf(error);
  }
};

/** The port is free, or Riparo has it. */
export const checkPort = async ({ PORT, HOST }: Pick<AllInOneConfig, 'PORT' | 'HOST'>): Promise<Finding> => {
  const free = PORT === 0 ? true : await isFree(PORT, HOST);
  if (free === true) return ok(PORT === 0 ? 'any free port is taken' : `port ${PORT} is free`);
  if (free !== 'EADDRINUSE') return fail(`port ${PORT} cannot be listened on (${free})`, 'another PORT or HOST, or the right to use it');
  const host = HOST === '0.0.0.0' || HOST === '::' ? '127.0.0.1' : HOST;
  const said = await askReadiness(`http://${host.includes(':') ? `[${host}]` : host}:${PORT}/health/ready`);
  if (typeof said === 'string')
    return fail(`port ${PORT} is taken by another program, or by Riparo that hangs (${said})`, 'end that program, or choose another PORT');
  return said.ready
    ? ok(`Riparo answers on port ${PORT} and is ready`)
    : fail(`Riparo answers on port ${PORT} and is not ready: ${said.bad.join(', ')}`, 'see its log');
};

/** Signs in at the mail server; no mail is sent. */
export const checkMail = async (config: AllInOneConfig): Promise<Finding> => {
  const { SMTP_HOST: host, SMTP_PORT: port, SMTP_USER: user } = config;
  if (host === undefined)
    return warn('no mail server is set: mails become files in DATA_DIR/mail', 'SMTP_HOST, when people are to get them');
  try {
    await checkMailServer(config);
    return ok(`the mail server ${host}:${port} takes ${user === undefined ? 'mails' : `the user ${user}`}`);
  } catch (error) {
    return fail(`the mail server ${host}:${port} refuses: ${sentenceOf(error)}`, 'SMTP_HOST, SMTP_PORT, SMTP_USER and SMTP_PASSWORD');
  }
};

/** The MongoDB server, where one is set. */
export const checkMongo = async ({ MONGO_URL: url }: Pick<AllInOneConfig, 'MONGO_URL'>): Promise<readonly Finding[]> => {
  if (url === undefined) return [];
  try {
    const connection = await connectMongo({ url, database: 'riparo_bus', maxPoolSize: 1 });
    try {
      const [parked, failed] = await Promise.all([
        connection.collection('parkedEvents').countDocuments(),
        connection.useDb('riparo_notifications').collection('notifications').countDocuments({ status: 'FAILED' }),
      ]);
      return [
        ok('the MongoDB server answers'),
        parked === 0
          ? ok('no event is parked')
          : warn(`${parked} event(s) are parked`, 'the collection parkedEvents of riparo_bus tells why'),
        failed === 0
          ? ok('no notification has failed')
          : warn(`${failed} notification(s) could not be delivered`, 'GET /api/v1/notifications?status=FAILED'),
      ];
    } finally {
      await connection.close();
    }
  } catch (error) {
    return [fail(`the MongoDB server does not answer: ${sentenceOf(error)}`, 'start it, or correct MONGO_URL')];
  }
};

/** The broker, where one is set, and what was parked there. */
export const checkBroker = async ({ AMQP_URL: url }: Pick<AllInOneConfig, 'AMQP_URL'>): Promise<readonly Finding[]> => {
  if (url === undefined) return [];
  const bus = createRabbitBus({ url, topology: TOPOLOGY, log: createLogger({ name: 'doctor', level: 'silent' }), name: 'doctor' });
  try {
    await bus.start();
    if (!bus.health().connected) return [fail('RabbitMQ does not answer', 'start it, or correct AMQP_URL; events wait until then')];
    const parked = await Promise.all(Object.keys(TOPOLOGY).map(async (queue) => [queue, (await bus.listParked(queue)).length] as const));
    const some = parked.filter(([, count]) => count > 0).map(([queue, count]) => `${count} of ${queue}`);
    return [
      ok('RabbitMQ answers'),
      some.length === 0 ? ok('no event is parked there') : warn(`events are parked: ${some.join(', ')}`, 'npm run parked'),
    ];
  } finally {
    await bus.stop();
  }
};
