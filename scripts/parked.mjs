/**
 * `npm run parked -- QUEUE [--replay [ID …]]`: what a service gave up on, one JSON line each; `--replay` hands all of
 * it, or the events with these ids, back to the service's queue. QUEUE is a service's name; the broker is `AMQP_URL`
 * (amqp://127.0.0.1:5672).
 */
import { checkNode } from './lib/check-node.mjs';
import { build, install } from './lib/prepare.mjs';

checkNode();
await install();
await build('shared');
const { createRabbitBus } = await import('../shared/dist/src/messaging/rabbit-bus.js');
const { TOPOLOGY } = await import('../shared/dist/src/contracts/topology.js');
const { createLogger } = await import('../shared/dist/src/logging/create-logger.js');

const [queue, flag, ...ids] = process.argv.slice(2);
const wrong = !(queue in TOPOLOGY) || (flag !== undefined && flag !== '--replay');
if (wrong) {
  process.stderr.write(`usage: npm run parked -- QUEUE [--replay [ID …]], where QUEUE is one of ${Object.keys(TOPOLOGY).join(', ')}\n`);
  process.exit(2);
}
const url = process.env.AMQP_URL ?? 'amqp://127.0.0.1:5672';
const bus = createRabbitBus({ url, topology: TOPOLOGY, log: createLogger({ name: 'parked', level: 'warn' }), name: 'parked' });
await bus.start();
try {
  if (!bus.health().connected) {
    process.stderr.write('No RabbitMQ answers at AMQP_URL.\n');
    process.exitCode = 1;
  } else if (flag === '--replay') {
    process.stdout.write(`${await bus.replayParked(queue, ids.length > 0 ? ids : undefined)} handed back to ${queue}\n`);
  } else {
    for (const parked of await bus.listParked(queue)) process.stdout.write(`${JSON.stringify(parked)}\n`);
  }
} finally {
  await bus.stop();
}
