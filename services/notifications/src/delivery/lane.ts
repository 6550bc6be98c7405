import type { Clock } from '@riparo/shared/runtime/clock';
import type { Logger } from 'pino';
import type { Channel } from '../notification/notification.js';
import type { DeliverNotification } from './deliver-notification.js';
import type { Due, Queue } from './queue.js';

/** Delivers what is due on one channel, a bounded number at once. */
export interface Lane {
  /** Looks for due notifications now, or once more when it is looking already. Never throws, never waits. */
  poke(): void;
  /** Resolves when nothing runs. */
  idle(): Promise<void>;
  /** Begins nothing more. */
  close(): void;
}

export interface LaneOptions {
  readonly channel: Channel;
  readonly concurrency: number;
  readonly queue: Queue;
  readonly deliver: DeliverNotification;
  readonly clock: Clock;
  readonly log: Logger;
}

const keyOf = ({ tenantId, id }: Due): string => `${tenantId}\n${id}`;

/** Each channel has its own lane, so that a mail server that hangs does not keep messages from the inbox. */
export const createLane = ({ channel, concurrency, queue, deliver, clock, log }: LaneOptions): Lane => {
  const running = new Map<string, Promise<void>>();
  let looking: Promise<void> | undefined;
  let again = false;
  let closed = false;
  /** Set by a fault of ours (the database is away): the next tick goes on, not a tight loop. */
  let faulty = false;

  const mayGoOn = (): boolean => !closed && !faulty;

  const begin = (due: Due): void => {
    const key = keyOf(due);
    const run = deliver(due)
      .catch((error: unknown) => {
        faulty = true;
        log.error({ err: error, channel, notificationId: due.id }, 'delivery broke off; it is taken up again when its claim runs out');
      })
      .finally(() => running.delete(key));
    running.set(key, run);
  };

  const look = async (): Promise<void> => {
    faulty = false;
    for (;;) {
      // Those that run may still be among what is due, hence more than fit.
      const due = (await queue.due(channel, clock.now(), concurrency * 3)).filter((one) => !running.has(keyOf(one)));
      if (due.length === 0) return;
      for (const one of due) {
        while (running.size >= concurrency) await Promise.race(running.values());
        if (!mayGoOn()) return;
        begin(one);
      }
    }
  };

  const poke = (): void => {
    if (closed) return;
    if (looking !== undefined) {
      again = true;
      return;
    }
    again = false;
    looking = look()
      .catch((error: unknown) => {
        again = false;
        log.error({ err: error, channel }, 'could not look for due notifications');
      })
      .finally(() => {
        looking = undefined;
        if (again) poke();
      });
  };

  return {
    poke,
    idle: async () => {
      while (looking !== undefined || running.size > 0) await Promise.all([looking, ...running.values()]);
    },
    close: () => {
      closed = true;
    },
  };
};
