import { createHash, randomBytes } from 'node:crypto';
import { PARKED_ARGUMENTS, parkedQueue, queueArguments } from './rabbit-topology.js';
import type { Topology } from './topology.js';

export interface BrokerUsers {
  readonly topology: Topology;
  /** The password of each service's user; a user is called like its service. */
  readonly passwords: Readonly<Record<string, string>>;
  /** Default `/`. */
  readonly vhost?: string;
  /** Default `riparo.events`. */
  readonly exchange?: string;
}

/** RabbitMQ keeps four random bytes, and the hash of them and the password. */
const hashed = (password: string): string => {
  const salt = randomBytes(4);
  return Buffer.concat([salt, createHash('sha256').update(salt).update(password, 'utf8').digest()]).toString('base64');
};

const literal = (name: string): string => name.replaceAll('.', String.raw`\.`);
const oneOf = (names: readonly string[]): string => `^(?:${names.map(literal).join('|')}|amq\\.gen-.*)$`;

/**
 * What the broker has to hold before the first start, as `rabbitmqctl import_definitions` reads it: exchange, queues and
 * bindings, and a user for each service with no more rights than it needs.
 * - configure and write: what every process declares (all queues, see `TOPOLOGY`), and `amq.default`, by which events are
 *   parked;
 * - read: its own queues, and the exchange;
 * - of the events on the exchange, it may send its own: `riparo.tickets.…` is the user `tickets` alone.
 */
export const brokerDefinitions = ({ topology, passwords, vhost = '/', exchange = 'riparo.events' }: BrokerUsers) => {
  const services = Object.keys(topology);
  const queues = services.flatMap((service) => [service, parkedQueue(service)]);
  const everything = [exchange, ...queues];
  return {
    users: services.map((name) => ({
      name,
      password_hash: hashed(passwords[name] ?? ''),
      hashing_algorithm: 'rabbit_password_hashing_sha256',
      tags: '',
    })),
    vhosts: [{ name: vhost }],
    permissions: services.map((user) => ({
      user,
      vhost,
      configure: oneOf(everything),
      write: oneOf([...everything, 'amq.default']),
      read: oneOf([exchange, user, parkedQueue(user)]),
    })),
    topic_permissions: services.map((user) => ({ user, vhost, exchange, write: `^riparo\\.${literal(user)}\\.`, read: '.*' })),
    exchanges: [{ name: exchange, vhost, type: 'topic', durable: true, auto_delete: false, internal: false, arguments: {} }],
    queues: queues.map((name) => ({
      name,
      vhost,
      durable: true,
      auto_delete: false,
      arguments: services.includes(name) ? queueArguments(name) : PARKED_ARGUMENTS,
    })),
    bindings: services.flatMap((destination) =>
      (topology[destination] ?? []).map((routing_key) => ({
        source: exchange,
        vhost,
        destination,
        destination_type: 'queue',
        routing_key,
        arguments: {},
      })),
    ),
  };
};
