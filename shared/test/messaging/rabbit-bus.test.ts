import { randomUUID } from 'node:crypto';
import { createRabbitBus } from '../../src/messaging/rabbit-bus.js';
import type { RabbitHost } from '../../src/testing/rabbit-node.js';
import { requireRabbitHost } from '../../src/testing/shared-rabbit.js';
import { describeBusContract, type BusMaker } from './bus-contract.js';
import { describeFailureContract } from './bus-failure-contract.js';
import { hasty, silent } from './messaging.builder.js';

const addHost = requireRabbitHost();

if (addHost !== undefined)
  describe('on a private broker', () => {
    let host: RabbitHost;
    before(async () => {
      host = await addHost();
    });

    const maker: BusMaker = {
      name: (queue) => `${queue}-${randomUUID().slice(0, 8)}`,
      install: async (topology, retry = hasty) => {
        const exchange = `events-${randomUUID().slice(0, 8)}`;
        const [first, second] = ['first', 'second'].map((name) =>
          createRabbitBus({ url: host.url, topology, exchange, name, log: silent, retry }),
        ) as [ReturnType<typeof createRabbitBus>, ReturnType<typeof createRabbitBus>];
        await Promise.all([first.start(), second.start()]);
        return { first, second, close: () => Promise.all([first.stop(), second.stop()]).then(() => undefined) };
      },
    };
    describeBusContract('RabbitMQ bus', maker);
    describeFailureContract('RabbitMQ bus', maker);
  });
