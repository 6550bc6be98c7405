/**
 * `npm run parked`: what services gave up on, one JSON line each, oldest first; `--replay` hands all of it, or the events
 * with these ids, back to their services. The installation is at `RIPARO_URL` (http://localhost:8080), in one process or
 * in many; `ADMIN_EMAIL` and `ADMIN_PASSWORD` are those of an administrator.
 *
 * `npm run parked -- --broker QUEUE [--replay [ID …]]` asks the broker itself at `AMQP_URL` (amqp://127.0.0.1:5672) and
 * shows events whole, for whoever holds the user of that queue: no service has to run. QUEUE is a service's name.
 */
import { checkNode } from './lib/check-node.mjs';
import { build, install } from './lib/prepare.mjs';

checkNode();

const PAGE = 100;

const fail = (text, code = 1) => {
  process.stderr.write(`${text}\n`);
  process.exit(code);
};
const say = (text) => process.stdout.write(`${text}\n`);
const show = (parked) => say(JSON.stringify(parked));

const askBroker = async (queue, ids) => {
  await install();
  await build('shared');
  const { createRabbitBus } = await import('../shared/dist/src/messaging/rabbit-bus.js');
  const { TOPOLOGY } = await import('../shared/dist/src/contracts/topology.js');
  const { createLogger } = await import('../shared/dist/src/logging/create-logger.js');
  if (!Object.hasOwn(TOPOLOGY, queue ?? '')) fail(`QUEUE is one of ${Object.keys(TOPOLOGY).join(', ')}`, 2);
  const url = process.env.AMQP_URL ?? 'amqp://127.0.0.1:5672';
  const bus = createRabbitBus({ url, topology: TOPOLOGY, log: createLogger({ name: 'parked', level: 'warn' }), name: 'parked' });
  await bus.start();
  try {
    if (!bus.health().connected) fail('No RabbitMQ answers at AMQP_URL.');
    if (ids === undefined) for (const parked of await bus.listParked(queue)) show(parked);
    else say(`${await bus.replayParked(queue, ids.length > 0 ? ids : undefined)} handed back to ${queue}`);
  } finally {
    await bus.stop();
  }
};

const createApi = async () => {
  const { RIPARO_URL = 'http://localhost:8080', ADMIN_EMAIL: email, ADMIN_PASSWORD: password } = process.env;
  if (email === undefined || password === undefined) fail('ADMIN_EMAIL and ADMIN_PASSWORD say who asks for it.', 2);
  let token;
  const send = async (method, path, body) => {
    const response = await fetch(new URL(`/api/v1${path}`, RIPARO_URL), {
      method,
      headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch((error) => fail(`${RIPARO_URL} does not answer: ${error.message}`));
    return { ok: response.ok, ...(await response.json()) };
  };
  const orFail = async (method, path, body) => {
    const answer = await send(method, path, body);
    if (!answer.ok) fail(`${method} ${path}: ${answer.detail ?? answer.status}`);
    return answer;
  };
  ({ token } = (await orFail('POST', '/auth/login', { email, password })).data);
  return { send, orFail };
};

const listAll = async ({ orFail }) => {
  const all = [];
  for (let page = 1; ; page++) {
    const { data, pagination } = await orFail('GET', `/parked-events?sort=parkedAt&pageSize=${PAGE}&page=${page}`);
    all.push(...data);
    if (page >= pagination.totalPages) return all;
  }
};

const askServices = async (ids) => {
  const api = await createApi();
  if (ids === undefined) {
    for (const parked of await listAll(api)) show(parked);
    return;
  }
  const wanted = ids.length > 0 ? ids : (await listAll(api)).map(({ id }) => id);
  let handed = 0;
  for (const id of wanted) {
    const answer = await api.send('POST', `/parked-events/${id}/replay`, {});
    if (answer.ok) handed++;
    else process.stderr.write(`${id}: ${answer.detail}\n`);
  }
  say(`${handed} of ${wanted.length} handed back`);
  if (handed < wanted.length) process.exitCode = 1;
};

const [first, ...others] = process.argv.slice(2);
const isBroker = first === '--broker';
const [queue, ...rest] = isBroker ? others : [undefined, ...(first === undefined ? [] : [first, ...others])];
const [flag, ...ids] = rest;
if (flag !== undefined && flag !== '--replay') fail('usage: npm run parked -- [--broker QUEUE] [--replay [ID …]]', 2);
const chosen = flag === undefined ? undefined : ids;
await (isBroker ? askBroker(queue, chosen) : askServices(chosen));
