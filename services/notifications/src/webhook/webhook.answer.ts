import { WEBHOOK_OFF_REASONS } from '@riparo/shared/contracts/notifications.events';
import { listOf, view } from '@riparo/shared/http/reference/answer';
import { anything, count, flag, id, moment, oneOf, text, version } from '@riparo/shared/http/reference/answer-fields';
import { DELIVERY_STATUSES } from './delivery/delivery.js';
import { ATTEMPT_ERRORS } from './sending/attempt.js';

const webhookFields = {
  id: id(),
  version: version(),
  url: text(),
  description: text().optional(),
  events: listOf(text()).description('Types, groups such as `tickets.*`, or `*` for all: see `GET /webhooks/event-types`.'),
  active: flag(),
  disabledAt: moment().optional(),
  disabledReason: oneOf(WEBHOOK_OFF_REASONS)
    .optional()
    .description('GONE: the receiver answered 410. FAILING: nothing arrived for two days. BY_HAND: an administrator did.'),
  failingSince: moment().optional().description('Since when every attempt has failed.'),
  createdAt: moment(),
  updatedAt: moment(),
};

export const webhookAnswer = view('Webhook', 'Where another system is told of events.', webhookFields);

export const webhookWithSecretAnswer = view('WebhookWithSecret', 'A webhook with its new secret, which no other answer shows.', {
  ...webhookFields,
  secret: text().description('`whsec_…`, with which the receiver verifies signatures as Standard Webhooks says.'),
});

export const eventTypeAnswer = view('WebhookEventType', 'A type of event that webhooks can ask for.', {
  type: text(),
  group: text().description('`tickets`: a webhook that asks for `tickets.*` gets all of them.'),
  about: text().description('A sentence.'),
});

const attemptFields = {
  at: moment(),
  ms: count().description('How long it took.'),
  statusCode: count().optional().description('Missing: there was no answer.'),
  error: oneOf(ATTEMPT_ERRORS)
    .optional()
    .description(
      'Missing: it was taken. REDIRECTED: redirects are not followed. ADDRESS_NOT_ALLOWED: the name stands for an address inside of a network.',
    ),
  answer: text().optional().description('How the answer began, 1 KB at most.'),
};

export const attemptAnswer = view('WebhookAttempt', 'One try to hand something over to a receiver.', attemptFields);

export const testAnswer = view('WebhookTest', 'What became of a sample event.', { delivered: flag(), attempt: attemptAnswer });

const deliveryFields = {
  id: id().description('Also the `webhook-id` that the receiver sees.'),
  eventId: text(),
  type: text(),
  status: oneOf(DELIVERY_STATUSES).description('FAILED: it was given up, and can be repeated.'),
  attempts: listOf(attemptAnswer).description('The last 30, the newest last.'),
  nextAttemptAt: moment().optional().description('While it is tried: when the attempt counts as lost. Missing: nothing is left to do.'),
  deliveredAt: moment().optional(),
  createdAt: moment(),
};

export const deliveryAnswer = view('WebhookDelivery', 'An event on its way to a webhook; kept for 30 days.', deliveryFields);

export const deliveryDetailsAnswer = view('WebhookDeliveryDetails', 'A delivery with what is sent.', {
  ...deliveryFields,
  payload: anything('The body that is sent: `type`, `timestamp`, `subject`, `version` and the `data` of the event.'),
});
