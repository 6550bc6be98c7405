import { Agent } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Endpoint, Endpoints } from './endpoints.js';

/** Milliseconds. An instance that has not accepted the connection by then is skipped. */
const CONNECT_MS = 1_500;
/** Milliseconds. A connection of this age is not used again, so that instances that start later get their share of requests. */
const MAX_AGE_MS = 5_000;
/** Milliseconds. The gateway closes idle connections long before a service does (65 s): so no request is sent into a closing connection. */
const IDLE_MS = 10_000;
/** Limit of connections to all instances of one service together. */
const MAX_SOCKETS = 256;

type Created = (error: Error | null, socket?: Socket) => void;

/** Hooks that Node's agent calls, but that its types do not declare. */
interface AgentHooks {
  createConnection(options: unknown, created: Created): undefined;
  keepSocketAlive(socket: Socket): boolean;
}

const open = (endpoint: Endpoint): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ ...endpoint, noDelay: true, keepAlive: true });
    const fail = (error: Error): void => {
      socket.destroy();
      reject(error);
    };
    socket.setTimeout(CONNECT_MS, () => fail(Object.assign(new Error('the instance does not answer'), { code: 'ETIMEDOUT' })));
    socket.once('error', fail);
    socket.once('connect', () => {
      socket.setTimeout(0);
      socket.off('error', fail);
      socket.removeAllListeners('timeout');
      resolve(socket);
    });
  });

const openAny = async (endpoints: Endpoints): Promise<Socket> => {
  let cause: unknown;
  for (const endpoint of await endpoints.candidates()) {
    try {
      return await open(endpoint);
    } catch (error) {
      endpoints.avoid(endpoint);
      cause = error;
    }
  }
  throw Object.assign(new Error('no instance accepts connections', { cause }), { code: 'ECONNREFUSED' });
};

/**
 * Keeps connections to all instances of a service open, and opens new ones to the instances in turn. An instance that
 * refuses is skipped before a byte of the request is sent. So this is safe for every method and needs no copy of a
 * body.
 */
export const createBalancingAgent = (endpoints: Endpoints, maxAgeMs = MAX_AGE_MS, maxSockets = MAX_SOCKETS): Agent => {
  const openedAt = new WeakMap<Socket, number>();
  // FIFO spreads requests over the open connections, and so over the instances.
  const agent = new Agent({ keepAlive: true, maxSockets, maxFreeSockets: MAX_SOCKETS, scheduling: 'fifo', timeout: IDLE_MS });
  const keepByDefault = (agent as unknown as AgentHooks).keepSocketAlive.bind(agent);
  const hooks: AgentHooks = {
    createConnection: (_options, created) => {
      openAny(endpoints).then(
        (socket) => {
          openedAt.set(socket, performance.now());
          created(null, socket);
        },
        (error: unknown) => created(error as Error),
      );
      return undefined;
    },
    keepSocketAlive: (socket) => performance.now() - (openedAt.get(socket) ?? 0) < maxAgeMs && keepByDefault(socket),
  };
  return Object.assign(agent, hooks);
};
