import { all, nothing, one, pageOf } from '@riparo/shared/http/reference/answer';
import { operations, type Tag } from '@riparo/shared/http/route';
import {
  deliveryAnswer,
  deliveryDetailsAnswer,
  eventTypeAnswer,
  testAnswer,
  webhookAnswer,
  webhookWithSecretAnswer,
} from './webhook.answer.js';
import { WEBHOOK_LIMIT } from './webhook.errors.js';

const WEBHOOKS: Tag = { name: 'Webhooks', about: 'Other systems are told of events, signed as Standard Webhooks says.' };

export const WEBHOOK_OPERATIONS = operations(WEBHOOKS, {
  listWebhooks: { answer: pageOf(webhookAnswer) },
  createWebhook: {
    answer: one(webhookWithSecretAnswer),
    problems: { 409: ['WEBHOOK_LIMIT_REACHED', 'WEBHOOK_SECRET_UNREADABLE'] },
  },
  listWebhookEventTypes: { answer: all(eventTypeAnswer) },
  getWebhook: { answer: one(webhookAnswer) },
  updateWebhook: { answer: one(webhookAnswer) },
  removeWebhook: { answer: nothing },
  rotateWebhookSecret: { answer: one(webhookWithSecretAnswer), problems: { 409: ['WEBHOOK_SECRET_UNREADABLE'] } },
  testWebhook: { answer: one(testAnswer), limits: [WEBHOOK_LIMIT] },
  listWebhookDeliveries: { answer: pageOf(deliveryAnswer) },
  getWebhookDelivery: { answer: one(deliveryDetailsAnswer) },
  replayWebhookDelivery: { answer: one(deliveryDetailsAnswer), problems: { 409: ['WEBHOOK_SWITCHED_OFF'] }, limits: [WEBHOOK_LIMIT] },
});
