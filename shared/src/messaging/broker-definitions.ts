import { createHash, randomBytes } from 'node:crypto';
import { bindingsOf, PARKED_ARGUMENTS, parkedQueue, queueArguments } from './rabbit-topology.js';
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
const oneOf = (names: readonly string[]): string => `^(?:${names.map(literal).join('|')})$`;
/** The queue of one instance, which lives as long as the instance; nobody else may touch it. */
const OWN = 'amq\\.gen-.*';

/**
 * What the broker has to hold before the first start, as `rabbitmqctl import_definitions` reads it: exchange, queues and
 * bindings, and a user for each service with no more rights than it needs. Nobody of them declares or deletes one of these.
 * - write: the exchange alone, and there its own events (`riparo.tickets.…` is the user `tickets` alone) and messages that
 *   name one of its own queues;
 * - read: its own queues, and from the exchange the events that it takes.
 */
export const brokerDefinitions = ({ topology, passwords, vhost = '/', exchange = 'riparo.events' }: BrokerUsers) => {
  const services = Object.keys(topology);
  const queues = services.flatMap((service) => [service, parkedQueue(service)]);
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
      configure: `^${OWN}$`,
      write: `^(?:${literal(exchange)}|${OWN})$`,
      read: `^(?:${[exchange, user, parkedQueue(user)].map(literal).join('|')}|${OWN})$`,
    })),
    topic_permissions: services.map((user) => ({
      user,
      vhost,
      exchange,
      write: `^(?:riparo\\.${literal(user)}\\..*|${[user, parkedQueue(user)].map(literal).join('|')})$`,
      read: oneOf(topology[user] ?? []),
    })),
    exchanges: [{ name: exchange, vhost, type: 'topic', durable: true, auto_delete: false, internal: false, arguments: {} }],
    queues: queues.map((name) => ({
      name,
      vhost,
      durable: true,
      auto_delete: false,
      arguments: services.includes(name) ? queueArguments(name) : PARKED_ARGUMENTS,
    })),
    bindings: services.flatMap((service) =>
      bindingsOf(topology, service).map(([destination, routing_key]) => ({
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
