import { connect, type ChannelModel } from 'amqplib';
import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import { pauseAfter, waited } from './retry.js';
import { within } from '../concurrency/tasks.js';

const PAUSES = { firstPauseMs: 100, maxPauseMs: 5_000 };
const CONNECT_TIMEOUT_MS = 5_000;
const SETUP_TIMEOUT_MS = 20_000;
const CLOSE_TIMEOUT_MS = 1_000;

export interface LinkOptions {
  readonly url: string;
  /** Name of the connection in the broker's tools. */
  readonly name: string;
  readonly heartbeatSeconds: number;
  readonly log: Logger;
  /** Runs on every new connection. The connection counts as up when this resolves. */
  readonly setup: (model: ChannelModel) => Promise<void>;
}

/** A connection to the broker that is made again after every loss, until `stop`. */
export interface RabbitLink {
  /** Resolves after the first attempt, successful or not; further attempts go on in the background. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** The connection while it is up. */
  model(): ChannelModel | undefined;
  /** The broker's reason, while it takes no messages on this connection. */
  blocked(): string | undefined;
  /** The reason why the connection is not up; `undefined` while it is up. */
  detail(): string | undefined;
  /** Cuts the connection without asking the broker, which may not answer. A new connection is made. */
  drop(reason: string): void;
}

const withHeartbeat = (url: string, seconds: number): string => {
  const parsed = new URL(url);
  if (!parsed.searchParams.has('heartbeat')) parsed.searchParams.set('heartbeat', String(seconds));
  return parsed.href;
};

const closedByBroker = (): Error => new Error('the broker closed the connection');

/** amqplib closes a connection only when the broker agrees. A frozen broker never agrees, so the socket is destroyed instead. */
const destroy = (model: ChannelModel, reason: string): void => {
  (model.connection as unknown as { stream: Socket }).stream.destroy(new Error(reason));
};

/**
 * amqplib's own `recovery` does not fit. It lets channel requests wait for a connection, while a publisher must learn
 * at once that there is none. It also waits without end for a frozen broker to agree to a close.
 */
export const createLink = ({ url, name, heartbeatSeconds, log, setup }: LinkOptions): RabbitLink => {
  const stopping = new AbortController();
  const stopped = (): boolean => stopping.signal.aborted;
  let current: ChannelModel | undefined;
  let up = false;
  let blockedBy: string | undefined;
  let fault: string | undefined = 'not connected yet';
  let running: Promise<void> = Promise.resolve();

  const open = async (): Promise<{ readonly closed: Promise<Error | undefined> }> => {
    const model = await connect(withHeartbeat(url, heartbeatSeconds), {
      noDelay: true,
      keepAlive: true,
      timeout: CONNECT_TIMEOUT_MS,
      clientProperties: { connection_name: name },
    });
    const closed = new Promise<Error | undefined>((resolve) => model.once('close', resolve));
    model.on('error', (error) => log.warn({ err: error, link: name }, 'broker connection failed'));
    model.on('handler-error', (error) => log.error({ err: error, link: name }, 'broker event handler failed'));
    model.on('blocked', (reason) => {
      blockedBy = reason;
      log.warn({ link: name, reason }, 'the broker takes no messages');
    });
    model.on('unblocked', () => {
      blockedBy = undefined;
      log.info({ link: name }, 'the broker takes messages again');
    });
    current = model;
    // amqplib settles not everything that was asked on a connection when it is lost.
    const lost = closed.then((error) => {
      throw error ?? closedByBroker();
    });
    if (!(await within(SETUP_TIMEOUT_MS, Promise.race([setup(model), lost])))) throw new Error('the broker leaves requests unanswered');
    return { closed };
  };

  const session = async (onAttempt: () => void): Promise<void> => {
    const { closed } = await open();
    up = true;
    fault = undefined;
    log.info({ link: name }, 'connected to the broker');
    onAttempt();
    const error = await closed;
    throw error ?? closedByBroker();
  };

  const keepOpen = async (onAttempt: () => void): Promise<void> => {
    for (let failures = 1; !stopped(); failures++) {
      try {
        await session(() => {
          failures = 0;
          onAttempt();
        });
      } catch (error) {
        fault = (error as Error).message;
        if (!stopped()) log.warn({ err: error, link: name }, 'the broker is away, connecting again');
      }
      up = false;
      blockedBy = undefined;
      if (current !== undefined) destroy(current, 'given up');
      current = undefined;
      onAttempt();
      await waited(pauseAfter(PAUSES, Math.max(1, failures)), stopping.signal);
    }
  };

  return {
    start: () =>
      new Promise((resolve) => {
        running = keepOpen(resolve);
      }),
    stop: async () => {
      stopping.abort();
      const model = current;
      const closed = model?.close().catch((error: unknown) => log.debug({ err: error, link: name }, 'connection was closed already'));
      if (model !== undefined && !(await within(CLOSE_TIMEOUT_MS, closed ?? running))) destroy(model, 'the broker does not answer');
      await within(CLOSE_TIMEOUT_MS, running);
    },
    model: () => (up ? current : undefined),
    blocked: () => blockedBy,
    detail: () => (stopped() ? 'stopped' : fault),
    drop: (reason) => {
      if (current !== undefined) destroy(current, reason);
    },
  };
};
