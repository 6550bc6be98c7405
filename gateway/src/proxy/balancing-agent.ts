import { Agent } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Endpoint, Endpoints } from './endpoints.js';

/** An instance that does not accept a connection within this is passed over, in ms. */
const CONNECT_MS = 1_500;
/** Connections are given up at this age, in ms, so that instances that come later, or back, get their share. */
const MAX_AGE_MS = 5_000;
/** Idle connections are closed by us, long before a service would: a request is never sent into a closing one. */
const IDLE_MS = 10_000;
/** Connections to all instances of one service. */
const MAX_SOCKETS = 256;

type Created = (error: Error | null, socket?: Socket) => void;

/** What Node's agent lets itself be told, but its types do not say. */
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
 * Keeps connections to all instances of a service alive and opens new ones to them in turn. An instance that refuses is
 * passed over before a byte of the request is sent, so this is safe for every method and needs no copy of a body.
 */
export const createBalancingAgent = (endpoints: Endpoints, maxAgeMs = MAX_AGE_MS): Agent => {
  const openedAt = new WeakMap<Socket, number>();
  // FIFO spreads requests over the open connections, and so over the instances.
  const agent = new Agent({ keepAlive: true, maxSockets: MAX_SOCKETS, maxFreeSockets: MAX_SOCKETS, scheduling: 'fifo', timeout: IDLE_MS });
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
