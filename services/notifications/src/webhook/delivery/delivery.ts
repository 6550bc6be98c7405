import { createHash } from 'node:crypto';
import type { EventEnvelope } from '@riparo/shared/contracts/event';
import type { Draft, Entity } from '@riparo/shared/persistence/repository';
import { seededIds } from '@riparo/shared/runtime/ids';
import { HOUR_MS } from '@riparo/shared/time/units';
import type { Attempt, Tried } from '../sending/attempt.js';

/** DELIVERED: the receiver took it. FAILED: it was given up; it can be repeated by hand. */
export const DELIVERY_STATUSES = ['PENDING', 'DELIVERED', 'FAILED'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** One event on its way to one webhook. Its id is that of event and webhook: an event that comes twice finds it there. */
export interface WebhookDelivery extends Entity {
  readonly webhookId: string;
  readonly eventId: string;
  readonly type: string;
  /** The JSON text that is sent and signed, the same for every attempt. */
  readonly payload: string;
  readonly status: DeliveryStatus;
  /** Attempts since it began or was repeated by hand. */
  readonly tries: number;
  /** The newest last. */
  readonly attempts: readonly Attempt[];
  /** When it is due; while it is tried: when somebody else may take it over. Missing: nothing is left to do. */
  readonly nextAttemptAt?: Date;
  /** Who tries it at the moment. */
  readonly claim?: { readonly owner: string };
  readonly deliveredAt?: Date;
}

const [SECOND, MINUTE] = [1_000, 60_000];
/** Pauses after the first, the second … failed attempt: ten attempts within some 60 hours. */
const PAUSES = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR_MS, 5 * HOUR_MS, 10 * HOUR_MS, 14 * HOUR_MS, 20 * HOUR_MS] as const;
/** A pause is lengthened by up to this part of it, so that what failed together does not come together again. */
const JITTER = 0.2;
/** A receiver that wants to be left alone for longer is asked once a day. */
const MAX_RETRY_AFTER_MS = 24 * HOUR_MS;
/** Attempts that are shown. Who repeats by hand may make more. */
const MAX_ATTEMPTS_KEPT = 30;
/** Deliveries are kept for so long. */
export const KEPT_SECONDS = 30 * 24 * 60 * 60;

/** What a receiver gets: the data of the event, and what it needs to put events of one thing into order. */
const payloadOf = ({ type, time, subject, aggregateversion, data }: EventEnvelope): string =>
  JSON.stringify({ type, timestamp: time, subject, version: aggregateversion, data });

export const newDelivery = (event: EventEnvelope, webhookId: string, now: Date): Draft<WebhookDelivery> => ({
  id: seededIds(`webhook delivery:${event.tenantid}:${event.id}:${webhookId}`, new Date(event.time)).next(),
  webhookId,
  eventId: event.id,
  type: event.type,
  payload: payloadOf(event),
  status: 'PENDING',
  tries: 0,
  attempts: [],
  nextAttemptAt: now,
});

/** From 0 to 1, the same for the same attempt. */
const chanceOf = (id: string, tries: number): number => createHash('sha256').update(`${id}#${tries}`).digest().readUInt32BE(0) / 2 ** 32;

const pauseAfter = (id: string, tries: number, retryAfterMs = 0): number | undefined => {
  const pause = PAUSES[tries - 1];
  if (pause === undefined) return undefined;
  return Math.max(pause * (1 + JITTER * chanceOf(id, tries)), Math.min(retryAfterMs, MAX_RETRY_AFTER_MS));
};

export const isClaimedBy = ({ claim }: WebhookDelivery, owner: string): boolean => claim?.owner === owner;

/** Writes an attempt down, unless somebody else has taken the delivery over meanwhile. */
export const afterAttempt = (before: WebhookDelivery, owner: string, { attempt, retryAfterMs }: Tried, now: Date): WebhookDelivery => {
  if (!isClaimedBy(before, owner)) return before;
  const tries = before.tries + 1;
  const attempts = [...before.attempts, attempt].slice(-MAX_ATTEMPTS_KEPT);
  const tried = { ...before, tries, attempts, claim: undefined };
  if (attempt.error === undefined) return { ...tried, status: 'DELIVERED', deliveredAt: now, nextAttemptAt: undefined };
  const pause = attempt.error === 'GONE' ? undefined : pauseAfter(before.id, tries, retryAfterMs);
  if (pause === undefined) return { ...tried, status: 'FAILED', nextAttemptAt: undefined };
  return { ...tried, nextAttemptAt: new Date(now.getTime() + pause) };
};

/** The process stops in the middle of an attempt: the next one begins anew, and this one does not count. */
export const release = (before: WebhookDelivery, owner: string, now: Date): WebhookDelivery =>
  isClaimedBy(before, owner) ? { ...before, claim: undefined, nextAttemptAt: now } : before;

/** From the first pause on, under the same id. What is being tried at the moment stays as it is. */
export const repeat = (before: WebhookDelivery, now: Date): WebhookDelivery => {
  if (before.claim !== undefined && before.nextAttemptAt !== undefined && before.nextAttemptAt > now) return before;
  return { ...before, status: 'PENDING', tries: 0, claim: undefined, deliveredAt: undefined, nextAttemptAt: now };
};
