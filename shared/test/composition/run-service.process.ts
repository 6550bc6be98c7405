/** A service process for `run-service.test.ts`: real configuration, database and broker, and two routes. */
import { randomUUID } from 'node:crypto';
import { defineConfig } from '../../src/config/load-config.js';
import { serviceKeys } from '../../src/config/process-keys.js';
import { ok } from '../../src/http/reply.js';
import { get } from '../../src/http/route.js';
import { assembleService } from '../../src/composition/assemble-service.js';
import { runService } from '../../src/composition/run-service.js';
import { indifferentTo } from './indifferent.js';

await runService({
  name: 'auth',
  config: defineConfig(serviceKeys(0), process.env),
  create: (platform) =>
    assembleService({
      name: 'auth',
      platform,
      subscriptions: indifferentTo('auth'),
      routes: [
        get('/ping', 'public', 'Answers a little later', {}, async () => {
          await new Promise((resolve) => setTimeout(resolve, 5));
          return ok({ id: randomUUID() });
        }),
        get('/me', 'signed-in', 'Who am I', {}, ({ caller }) => Promise.resolve(ok({ id: caller.userId }))),
      ],
    }),
});
