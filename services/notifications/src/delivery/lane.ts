import { createBackgroundWorker } from '@riparo/shared/concurrency/background-worker';
import { createTasks } from '@riparo/shared/concurrency/tasks';
import type { Clock } from '@riparo/shared/runtime/clock';
import type { IdSource } from '@riparo/shared/runtime/ids';
import type { Logger } from 'pino';
import type { Channel } from '../notification/notification.js';
import type { DeliverNotification } from './deliver-notification.js';
import type { Claimed, Queue } from './queue.js';

/** Delivers what is due on one channel, a bounded number at once. */
export interface Lane {
  /** Looks for due notifications now, or once more when it is looking already. Never throws, never waits. */
  wake(): void;
  /** Resolves when nothing runs. */
  idle(): Promise<void>;
  /** Begins nothing more; resolves when nothing runs. */
  stop(): Promise<void>;
}

export interface LaneOptions {
  readonly channel: Channel;
  readonly concurrency: number;
  /** For how long, in ms, a notification is claimed. */
  readonly claimForMs: number;
  readonly queue: Pick<Queue, 'claim'>;
  readonly deliver: DeliverNotification;
  readonly instance: string;
  readonly ids: IdSource;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Each channel has its own lane, so that a mail server that hangs does not keep messages from the inbox. */
export const createLane = ({ channel, concurrency, claimForMs, queue, deliver, instance, ids, clock, log }: LaneOptions): Lane => {
  const running = new Set<Promise<void>>();
  const tasks = createTasks();
  /** Set by a fault of ours (the database is away): the next tick goes on, not a tight loop. */
  let faulty = false;
  const mayGoOn = (): boolean => !worker.isStopping() && !faulty;

  const begin = (claimed: Claimed, owner: string): void => {
    const run: Promise<void> = deliver(claimed, owner)
      .catch((error: unknown) => {
        faulty = true;
        const notificationId = claimed.notification.id;
        log.error({ err: error, channel, notificationId }, 'delivery broke off; it is taken up again when its claim runs out');
      })
      .finally(() => running.delete(run));
    running.add(run);
    tasks.add(run);
  };

  const look = async (): Promise<void> => {
    faulty = false;
    while (mayGoOn()) {
      // No more than can begin at once: what waited for its turn here might be taken over meanwhile.
      // Half of the places at a time, so that a claim is not made for each one that becomes free.
      while (running.size > concurrency / 2) await Promise.race(running);
      const owner = `${instance}#${ids.next()}`;
      const now = clock.now();
      const until = new Date(now.getTime() + claimForMs);
      const claimed = await queue.claim(channel, owner, now, until, concurrency - running.size);
      if (claimed.length === 0) return;
      for (const one of claimed) begin(one, owner);
    }
  };

  const worker = createBackgroundWorker({
    work: look,
    onError: (error) => log.error({ err: error, channel }, 'could not look for due notifications'),
    tasks,
  });
  return { wake: () => worker.wake(), idle: () => tasks.idle(), stop: () => worker.stop() };
};
