import { createRegistry } from '@riparo/shared/metrics/registry';
import { createStaticKeySource } from '@riparo/shared/http/key-source';
import { systemClock } from '@riparo/shared/runtime/clock';
import { listen } from '@riparo/shared/composition/http-server';
import { createApp } from '@riparo/shared/http/create-app';
import { eventually } from '@riparo/shared/testing/eventually';
import { expect } from 'chai';
import { pino } from 'pino';
import { createRemoteBackend } from '../src/remote-backend.js';
import { serveGateway } from './gateway.setup.js';

describe('stopping one instance of two under load', () => {
  const startInstance = () => {
    const log = pino({ level: 'silent' });
    const answer: Parameters<typeof createApp>[0]['after'] = [
      (request, response) => {
        request.resume().once('end', () => setImmediate(() => response.json({ data: {} })));
      },
    ];
    return listen(createApp({ name: 'tickets', log, metrics: createRegistry(), services: [], after: answer, openapi: false }), { port: 0 });
  };

  it('when it stops in order, then no request fails, POST included', async () => {
    const [first, second] = [await startInstance(), await startInstance()];
    const here = [`http://127.0.0.1:${second.port}`];
    const urls = {
      auth: here,
      tickets: [`http://127.0.0.1:${first.port}`, ...here],
      assets: here,
      notifications: here,
      reports: here,
      billing: here,
    };
    const backend = createRemoteBackend({ urls, timeoutMs: 5_000, clock: systemClock, keys: createStaticKeySource(() => new Map()) });
    const gateway = await serveGateway(backend, { RATE_LIMIT_PER_MINUTE: 0 });
    let answered = 0;
    let gone = false;
    const client = async (): Promise<readonly number[]> => {
      const statuses: number[] = [];
      for (let after = 0; after < 5; after += gone ? 1 : 0) {
        statuses.push((await gateway.api.post('/tickets', { title: 'x' })).status);
        answered += 1;
      }
      return statuses;
    };
    try {
      const clients = Promise.all(Array.from({ length: 8 }, client));
      await eventually(() => answered > 40);
      await first.close({ idleGraceMs: 300 });
      gone = true;
      expect((await clients).flat().filter((status) => status !== 200)).to.deep.equal([]);
    } finally {
      gone = true;
      await gateway.close({ idleGraceMs: 0 });
      backend.close();
      await second.close({ idleGraceMs: 0 });
    }
  });
});
