import type { Platform } from '@riparo/shared/composition/platform';
import { counter } from '@riparo/shared/metrics/registry';
import type { NotificationsConfig } from '../config.js';
import { createHourlyCounts } from '../notification/mail-permits.js';
import { createDeliverWebhook, type DeliverDeps } from './delivery/deliver.js';
import { createDeliveryQueue, createDeliveryRepository } from './delivery/delivery.repository.js';
import { createEnqueue } from './delivery/enqueue.js';
import { createWebhookWorker } from './delivery/webhook-worker.js';
import { createWebhookSecrets } from './secrets.js';
import { createTryWebhook } from './sending/attempt.js';
import { createPost, type PostOptions } from './sending/post.js';
import { PER_WEBHOOK, tooManyAttempts } from './webhook.errors.js';
import { createActiveWebhooks, createSubscribers, createWebhookRepository } from './webhook.repository.js';
import type { AddressRules } from './webhook.schema.js';

/** The net outside; only tests give another one. */
export type WebhookNet = Pick<PostOptions, 'resolve' | 'inside'>;

/** Beyond the time limit of an attempt, for what is written before and after it. */
const CLAIM_MARGIN_MS = 15_000;

const createOnAttempt = ({ metrics }: Platform): DeliverDeps['onAttempt'] => {
  const attempts = counter(metrics, {
    name: 'webhook_attempts_total',
    help: 'Attempts to deliver an event to a webhook, by how they ended and why they failed',
    labelNames: ['outcome', 'error'],
  });
  return (outcome, error) => attempts.inc({ outcome, error: error ?? 'NONE' });
};

/** Throws 429 beyond so many tests and repeated deliveries of one webhook; counted in this process's memory. */
export type AskAttempt = (tenantId: string, webhookId: string) => void;

const createAskAttempt = ({ clock }: Platform): AskAttempt => {
  const count = createHourlyCounts(clock);
  return (tenantId, webhookId) => {
    const retryAfter = count([{ key: `${tenantId} ${webhookId}`, times: 1, limit: PER_WEBHOOK }]);
    if (retryAfter !== undefined) throw tooManyAttempts(retryAfter);
  };
};

/** Everything that webhooks need. */
export const createWebhookDependencies = (platform: Platform, config: NotificationsConfig, net: WebhookNet = {}) => {
  const { clock, ids, instance, log } = platform;
  const rules: AddressRules = { allowHttp: config.WEBHOOKS_ALLOW_HTTP, allowPrivate: config.WEBHOOKS_ALLOW_PRIVATE };
  const webhooks = createWebhookRepository(platform);
  const deliveries = createDeliveryRepository(platform);
  const queue = createDeliveryQueue(platform);
  const subscribers = createSubscribers(webhooks);
  const secrets = createWebhookSecrets(platform.sealFor('webhook secrets'));
  const timeoutMs = config.WEBHOOK_TIMEOUT_MS;
  const tryWebhook = createTryWebhook({ post: createPost({ ...net, timeoutMs, allowPrivate: rules.allowPrivate }), secrets, clock });
  const worker = createWebhookWorker({
    cron: config.NOTIFY_CRON,
    queue,
    webhooks,
    activeWebhooks: createActiveWebhooks(platform),
    deliver: createDeliverWebhook({ webhooks, deliveries, subscribers, tryWebhook, clock, onAttempt: createOnAttempt(platform) }),
    claimForMs: timeoutMs + CLAIM_MARGIN_MS,
    instance,
    ids,
    clock,
    log,
  });
  return {
    rules,
    webhooks,
    deliveries,
    queue,
    subscribers,
    secrets,
    tryWebhook,
    worker,
    askAttempt: createAskAttempt(platform),
    enqueue: createEnqueue({ subscribers, webhooks, deliveries, clock, wake: worker.wake }),
    /** Whatever has indexes. */
    repositories: [webhooks, deliveries, queue],
  };
};

export type WebhookDeps = ReturnType<typeof createWebhookDependencies>;
