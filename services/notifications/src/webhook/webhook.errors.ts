import { DomainError } from '@riparo/shared/errors/domain-error';
import type { LimitClass } from '@riparo/shared/http/reference/limit-class';
import { MAX_WEBHOOKS } from './webhook.js';

export const tooManyWebhooks = (): DomainError =>
  new DomainError('conflict', 'WEBHOOK_LIMIT_REACHED', `There are ${MAX_WEBHOOKS} webhooks already. Delete one that nobody needs.`);

export const webhookSwitchedOff = (): DomainError =>
  new DomainError('conflict', 'WEBHOOK_SWITCHED_OFF', 'This webhook is switched off. Switch it on, then repeat the delivery.');

/** 409: `INTERNAL_SECRET` is another one than when it was sealed. */
export const webhookSecretUnreadable = (): DomainError =>
  new DomainError('conflict', 'WEBHOOK_SECRET_UNREADABLE', 'The secret of this webhook cannot be read any more. Rotate it.');

/** Tests and repeated deliveries of one webhook within an hour. */
export const PER_WEBHOOK = 60;

export const WEBHOOK_LIMIT: LimitClass = {
  name: 'webhook-attempts',
  code: 'TOO_MANY_WEBHOOK_ATTEMPTS',
  about: `Tests and repeated deliveries of one webhook within an hour: ${PER_WEBHOOK}.`,
};

export const tooManyAttempts = (retryAfter: number): DomainError =>
  new DomainError(
    'throttled',
    WEBHOOK_LIMIT.code,
    `Too many tests and repeated deliveries within an hour. Try again in ${retryAfter} seconds.`,
    {
      retryAfter,
    },
  );
