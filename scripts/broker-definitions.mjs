/**
 * `node scripts/broker-definitions.mjs [VHOST] > definitions.json`: what RabbitMQ has to hold before the first start so
 * that each service has a user of its own with no more rights than it needs, for `rabbitmqctl import_definitions`. A user is
 * called like its service; its password is AMQP_PASSWORD_<SERVICE>.
 */
import { passwordVariable } from './lib/broker-users.mjs';
import { build, install } from './lib/prepare.mjs';

await install();
await build('shared');
const { TOPOLOGY } = await import('../shared/dist/src/contracts/topology.js');
const { brokerDefinitions } = await import('../shared/dist/src/messaging/broker-definitions.js');

const services = Object.keys(TOPOLOGY);
const missing = services.map(passwordVariable).filter((name) => !process.env[name]);
if (missing.length > 0) {
  process.stderr.write(`Set a password for each user: ${missing.join(', ')}\n`);
  process.exit(1);
}
const passwords = Object.fromEntries(services.map((service) => [service, process.env[passwordVariable(service)]]));
process.stdout.write(`${JSON.stringify(brokerDefinitions({ topology: TOPOLOGY, passwords, vhost: process.argv[2] }), null, 2)}\n`);
