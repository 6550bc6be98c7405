import { TOPOLOGY } from '../../contracts/topology.js';
import { brokerDefinitions } from '../../messaging/broker-definitions.js';
import { run } from '../run.js';
import { configuration, passwordsIn } from './config.js';
import { importDefinitions } from './import-definitions.js';

// Ends by itself when the broker holds everything; docker-compose.yml lets the services wait for that.
await run({
  name: 'broker-users',
  config: configuration,
  start: async (config, log) => {
    await importDefinitions(config.BROKER_API_URL, brokerDefinitions({ topology: TOPOLOGY, passwords: passwordsIn(config) }));
    log.info('the broker has its exchange, queues and users');
    return { stop: () => Promise.resolve() };
  },
});
