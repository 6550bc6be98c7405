import { schedule, type ScheduledTask } from 'node-cron';
import type { Logger } from 'pino';
import { createBackgroundWorker } from '@riparo/shared/concurrency/background-worker';
import { createTasks } from '@riparo/shared/concurrency/tasks';
import type { Clock } from '@riparo/shared/runtime/clock';
import type { IdSource } from '@riparo/shared/runtime/ids';
import type { Webhook } from '../webhook.js';
import type { ActiveWebhooks, WebhookRef, Webhooks } from '../webhook.repository.js';
import type { DeliverWebhook } from './deliver.js';
import type { WebhookDelivery } from './delivery.js';
import type { DeliveryQueue } from './delivery.repository.js';

/** Tries what is due, on every instance: who claims a delivery first tries it, and takes over what a dead one left behind. */
export interface WebhookWorker {
  readonly start: () => void;
  /** Something may be due for this webhook now, or without one for any. Never throws, never waits. */
  readonly wake: (webhook?: WebhookRef) => void;
  /** Resolves when nothing runs. */
  readonly idle: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface WebhookWorkerOptions {
  readonly cron: string;
  readonly queue: Pick<DeliveryQueue, 'claim' | 'giveBack' | 'drop'>;
  readonly webhooks: Webhooks;
  readonly activeWebhooks: ActiveWebhooks;
  readonly deliver: DeliverWebhook;
  /** For how long, in ms, a delivery is claimed. */
  readonly claimForMs: number;
  readonly instance: string;
  readonly ids: IdSource;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Attempts of this instance at once, and those of one webhook among them. */
const MAX_AT_ONCE = 64;
const PER_WEBHOOK = 4;
/** A receiver whose last attempt failed gets one at a time: those that hang take few of the places of all. */
const PER_TROUBLED = 1;
/** How long attempts under way may take when the process stops; within the 10 s of a graceful stop. */
const STOP_GRACE_MS = 4_000;

export const createWebhookWorker = (options: WebhookWorkerOptions): WebhookWorker => {
  const { cron, queue, webhooks, activeWebhooks, deliver, claimForMs, instance, ids, clock, log } = options;
  const tasks = createTasks();
  const running = new Map<string, number>();
  const troubled = new Set<string>();
  const wanted = new Map<string, WebhookRef>();
  const cut = new AbortController();
  let everyone = false;
  let task: ScheduledTask | undefined;

  const atOnce = (): number => [...running.values()].reduce((sum, each) => sum + each, 0);
  const roomFor = (id: string): number =>
    Math.min((troubled.has(id) ? PER_TROUBLED : PER_WEBHOOK) - (running.get(id) ?? 0), MAX_AT_ONCE - atOnce());
  const count = (id: string, by: 1 | -1): void => {
    const left = (running.get(id) ?? 0) + by;
    if (left === 0) running.delete(id);
    else running.set(id, left);
  };

  const begin = (ref: WebhookRef, attempt: Promise<boolean>, { id: deliveryId }: WebhookDelivery): void => {
    count(ref.id, 1);
    const run = attempt.then(
      (arrived) => {
        if (arrived) troubled.delete(ref.id);
        else troubled.add(ref.id);
        count(ref.id, -1);
        wake(ref);
      },
      (error: unknown) => {
        // A fault of ours (the database is away): the next tick goes on, not a tight loop.
        count(ref.id, -1);
        log.error({ err: error, deliveryId }, 'a webhook attempt broke off; it is taken up again when its claim runs out');
      },
    );
    tasks.add(run);
  };

  /** What waits for one that is switched off goes on when it is switched on again; what an event leaves behind for a deleted one goes. */
  const findActive = async (ref: WebhookRef): Promise<Webhook | undefined> => {
    const webhook = await webhooks.in(ref.tenantId).find(ref.id);
    if (webhook === undefined) {
      troubled.delete(ref.id);
      await queue.drop(ref);
    }
    return webhook?.active === true ? webhook : undefined;
  };

  const lookAt = async (ref: WebhookRef): Promise<void> => {
    if (roomFor(ref.id) <= 0 || (await findActive(ref)) === undefined) return;
    const owner = `${instance}#${ids.next()}`;
    const now = clock.now();
    const claimed = await queue.claim(ref, owner, now, new Date(now.getTime() + claimForMs), roomFor(ref.id));
    if (claimed.length === 0) return;
    // Read after the claim: an attempt that begins after a change was answered is made as the change says.
    const webhook = await findActive(ref);
    if (webhook === undefined) return queue.giveBack(ref, owner, now);
    for (const delivery of claimed) begin(ref, deliver(ref.tenantId, webhook, delivery, owner, cut.signal), delivery);
  };

  const look = async (): Promise<void> => {
    if (everyone) {
      everyone = false;
      for (const ref of await activeWebhooks()) wanted.set(ref.id, ref);
    }
    for (const [id, ref] of wanted) {
      // Whoever ends next makes room, and looks again.
      if (worker.isStopping() || atOnce() >= MAX_AT_ONCE) return;
      wanted.delete(id);
      await lookAt(ref);
    }
  };

  const worker = createBackgroundWorker({
    work: look,
    onError: (error) => log.error({ err: error }, 'could not look for due webhook deliveries'),
    tasks,
  });
  const wake = (webhook?: WebhookRef): void => {
    if (webhook === undefined) everyone = true;
    else wanted.set(webhook.id, webhook);
    worker.wake();
  };
  return {
    wake,
    idle: () => tasks.idle(),
    start: () => {
      task = schedule(cron, () => wake(), {
        name: 'deliver-webhooks',
        suppressMissedWarning: true,
        logger: { info: () => undefined, debug: () => undefined, warn: (text) => log.warn(text), error: (error) => log.error(error) },
      });
      wake();
    },
    stop: async () => {
      await task?.destroy();
      // What hangs is cut off then, and begun anew by another instance or the next start.
      const timer = setTimeout(() => cut.abort(), STOP_GRACE_MS);
      await worker.stop();
      clearTimeout(timer);
    },
  };
};
