import { createRequire } from 'node:module';
import { allInOneKeys } from '../../all-in-one/dist/src/config.js';
import { createServices } from '../../all-in-one/dist/src/services.js';
import { mergeReferences } from '../../gateway/dist/src/docs/merge-references.js';
import { createPlatform } from '../../shared/dist/src/composition/create-platform.js';
import { loadConfig } from '../../shared/dist/src/config/load-config.js';
import { describeRoutes } from '../../shared/dist/src/http/reference/describe-routes.js';
import { createLogger } from '../../shared/dist/src/logging/create-logger.js';
import { createMemoryBus } from '../../shared/dist/src/messaging/memory-bus.js';
import { createMongoParking } from '../../shared/dist/src/messaging/mongo-parking.js';
import { createRegistry } from '../../shared/dist/src/metrics/registry.js';

// The very mongoose that shared has.
const mongoose = createRequire(new URL('../../shared/package.json', import.meta.url))('mongoose');

const makeServices = () => {
  const log = createLogger({ name: 'docs', level: 'silent' });
  const metrics = createRegistry();
  const connection = mongoose.createConnection();
  const bus = createMemoryBus({ topology: {}, log, parking: createMongoParking(connection) });
  return createServices({
    config: loadConfig(allInOneKeys, { DEVICE_PASSWORD_KEY: '0'.repeat(64) }),
    platformOf: (name, keys) => createPlatform({ name, connection, bus, log, metrics, keys, internalSecret: 'x'.repeat(32) }),
    internalUrl: () => '',
    onInitialAdmin: () => undefined,
  }).services;
};

/**
 * What `read` makes of the services as they are, over connections that are never opened: their tables are there before
 * anything starts.
 */
export const withServices = async (read) => {
  const services = makeServices();
  const result = read(services);
  await Promise.all(services.map((service) => service.stop()));
  return result;
};

/** Examples say nothing of the contract, and change with every collection. */
const withoutExamples = (node) => {
  if (Array.isArray(node)) return node.map(withoutExamples);
  if (typeof node !== 'object' || node === null) return node;
  const isMedia = 'schema' in node;
  return Object.fromEntries(
    Object.entries(node).flatMap(([key, value]) => (isMedia && key === 'example' ? [] : [[key, withoutExamples(value)]])),
  );
};

/** The API reference, as the gateway serves it at `/openapi.json`, without its examples. */
export const makeReference = () =>
  withServices((services) => withoutExamples(mergeReferences(services.map(({ name, routes }) => describeRoutes(name, routes)))));
