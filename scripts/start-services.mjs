/**
 * `npm run start:services`: every service as a process of its own, on RabbitMQ.
 *
 * - PORT (8080): the gateway. SERVICE_PORT_BASE (4100): the services behind it, see lib/catalogue.mjs.
 * - TICKETS_INSTANCES (2), AUTH_INSTANCES (1), …: how many processes of a service run side by side.
 * - AMQP_URL (amqp://127.0.0.1:5672): the broker. It may be away for a while: what is written meanwhile is told later.
 * - AMQP_PASSWORD_TICKETS, AMQP_PASSWORD_AUTH, …: the password of a service's own user of the broker (docs/operations.md).
 * - MONGO_URL: the database server; when unset, an embedded-mongo process on DATA_DIR/mongo.
 * - LOG_FORMAT: `json` prints the services' lines as they are, for programs that collect them; otherwise people can read them.
 * - DATA_DIR (./data): database, first-start secrets, and `pids.json`:
 *   `{ "supervisor": 1, "processes": { "gateway": 2, "tickets-1": 3, "tickets-2": 4, … } }`.
 *
 * Everything else in the environment reaches every service. A process that dies is started again. SIGTERM and SIGINT
 * stop the gateway first, then the services, then the database.
 */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { amqpUrlOf } from './lib/broker-users.mjs';
import { catalogue, databaseOffset, urlVariable } from './lib/catalogue.mjs';
import { checkNode } from './lib/check-node.mjs';
import { endWithNpm } from './lib/end-with-npm.mjs';
import { build, install } from './lib/prepare.mjs';
import { lineFormat } from './lib/line-format.mjs';
import { answersOk, isReachable, waitFor } from './lib/reachable.mjs';
import { firstStartSecrets } from './lib/secrets.mjs';
import { createSupervisor } from './lib/supervisor.mjs';

checkNode();
endWithNpm('scripts/start-services.mjs');
await install();
const services = catalogue(process.env);
await build('embedded-mongo', 'gateway', ...services.map(({ name }) => `services/${name}`));

// Only compiled now. Whatever this process and its children write is for this user only.
const { keepPrivate } = await import('../shared/dist/src/files/keep-private.js');
process.umask(0o077);

const { env } = process;
const port = Number(env.PORT ?? 8080);
const base = Number(env.SERVICE_PORT_BASE ?? 4100);
const dataDir = resolve(env.DATA_DIR ?? './data');
const amqpUrl = env.AMQP_URL ?? 'amqp://127.0.0.1:5672';
const say = (line) => process.stdout.write(`${line}\n`);

const instances = services.flatMap(({ name, offset, instances: count }) =>
  Array.from({ length: count }, (_, index) => ({
    service: name,
    name: count === 1 ? name : `${name}-${index + 1}`,
    port: base + offset + 10 * index,
  })),
);
const urls = Object.fromEntries(
  services.map(({ name }) => [
    urlVariable(name),
    instances
      .filter(({ service }) => service === name)
      .map((instance) => `http://127.0.0.1:${instance.port}`)
      .join(','),
  ]),
);

const refuseBusyPorts = async () => {
  const wanted = [port, ...(env.MONGO_URL ? [] : [base + databaseOffset]), ...instances.map((instance) => instance.port)];
  const busy = (await Promise.all(wanted.map(async (one) => ((await isReachable(one)) ? [one] : [])))).flat();
  if (busy.length === 0) return;
  process.stderr.write(
    `Already in use: port ${busy.join(', ')}. Is Riparo running (see ${join(dataDir, 'pids.json')})? Choose others with PORT and SERVICE_PORT_BASE.\n`,
  );
  process.exit(1);
};

const warnWithoutBroker = async () => {
  const { hostname, port: brokerPort, protocol } = new URL(amqpUrl);
  if (await isReachable(Number(brokerPort || (protocol === 'amqps:' ? 5671 : 5672)), hostname)) return;
  process.stderr.write(
    `No RabbitMQ answers at ${hostname} (AMQP_URL). The services start and serve all the same; what they have to tell each other waits until it is there.\n`,
  );
};

mkdirSync(dataDir, { recursive: true });
const wasOpen = keepPrivate(dataDir);
if (wasOpen !== undefined) process.stderr.write(`${wasOpen}\n`);
await refuseBusyPorts();
await warnWithoutBroker();

const writePids = () => {
  const file = join(dataDir, 'pids.json');
  writeFileSync(`${file}.new`, JSON.stringify({ supervisor: process.pid, processes: supervisor.pids() }, null, 2));
  renameSync(`${file}.new`, file);
};
const supervisor = createSupervisor({ say, onChange: writePids, format: await lineFormat(env) });

let stopping = false;
const stop = async () => {
  if (stopping) return;
  stopping = true;
  const names = supervisor.names();
  const outer = ['gateway', 'embedded-mongo'];
  await supervisor.stop([
    names.filter((name) => name === 'gateway'),
    names.filter((name) => !outer.includes(name)),
    names.filter((name) => name === 'embedded-mongo'),
  ]);
  process.exit(0);
};
process.on('SIGTERM', stop);
process.on('SIGINT', stop);

if (!env.MONGO_URL) {
  const databasePort = base + databaseOffset;
  const data = join(dataDir, 'mongo');
  mkdirSync(data, { recursive: true });
  supervisor.start('embedded-mongo', ['embedded-mongo/dist/src/cli.js', '--port', String(databasePort), '--data', data], {});
  await waitFor(
    () => isReachable(databasePort),
    () => stopping,
  );
}

const common = {
  AMQP_URL: amqpUrl,
  DATA_DIR: dataDir,
  MONGO_URL: env.MONGO_URL ?? `mongodb://127.0.0.1:${base + databaseOffset}`,
  PUBLIC_URL: env.PUBLIC_URL ?? `http://localhost:${port}`,
  ...urls,
  ...firstStartSecrets(dataDir, env),
};
for (const { service, name, port: own } of instances) {
  const its = { AMQP_URL: amqpUrlOf(service, amqpUrl, env), HOST: '127.0.0.1', PORT: String(own) };
  if (!stopping) supervisor.start(name, [`services/${service}/dist/src/main.js`], { ...common, ...its });
}
if (!stopping) supervisor.start('gateway', ['gateway/dist/src/main.js'], { ...common, PORT: String(port) });

const ready = await waitFor(
  () => answersOk(`http://127.0.0.1:${port}/health/ready`),
  () => stopping,
);
if (ready) say(`Riparo is ready on http://localhost:${port}`);
