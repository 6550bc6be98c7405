import { createRemoteKeySource, jwksOf } from '@riparo/shared/http/key-source';
import { createRegistry } from '@riparo/shared/metrics/registry';
import { systemClock } from '@riparo/shared/runtime/clock';
import { listen } from '@riparo/shared/composition/http-server';
import { run } from '@riparo/shared/composition/run';
import { configuration } from './config.js';
import { createGateway } from './create-gateway.js';
import { createRemoteBackend } from './remote-backend.js';
import { upstreamUrls } from './upstream-urls.js';

await run({
  name: 'gateway',
  config: configuration,
  start: async (config, log) => {
    const urls = upstreamUrls(config);
    const keys = createRemoteKeySource({ urls: jwksOf(urls.auth), log });
    const backend = createRemoteBackend({ urls, timeoutMs: config.UPSTREAM_TIMEOUT_MS, clock: systemClock, keys });
    const metrics = createRegistry({ service: 'gateway' });
    const app = createGateway({ backend, config, log, metrics, metricsToken: config.METRICS_TOKEN });
    const server = await listen(app, { port: config.PORT, host: config.HOST, webSockets: true });
    log.info({ port: server.port }, 'ready');
    return {
      stop: async () => {
        backend.endStreams();
        await server.close();
        backend.close();
      },
    };
  },
});
