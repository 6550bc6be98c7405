import { WebhookSwitchedOff, type WebhookOffReason } from '@riparo/shared/contracts/notifications.events';
import { compact } from '@riparo/shared/json/compact';
import type { Decision, Draft, Entity } from '@riparo/shared/persistence/repository';
import { DAY_MS } from '@riparo/shared/time/units';

/** A key that signs for one receiver. */
export interface WebhookSecret {
  readonly id: string;
  readonly sealed: string;
  /** After a rotation: until when it still signs. Missing: the newest one. */
  readonly until?: Date;
}

/** Where another system wants to be told of events. */
export interface Webhook extends Entity {
  readonly url: string;
  readonly description?: string;
  /** Types, groups such as `tickets.*`, or `*`. */
  readonly events: readonly string[];
  readonly active: boolean;
  readonly disabledAt?: Date;
  readonly disabledReason?: WebhookOffReason;
  /** Since when every attempt has failed. */
  readonly failingSince?: Date;
  /** The newest first. */
  readonly secrets: readonly WebhookSecret[];
  /** Which of the tenant's places it has, from 1; none once it is deleted. */
  readonly slot?: number;
}

/** What an administrator says of a webhook. */
export interface WebhookInput {
  readonly url: string;
  readonly description?: string;
  readonly events: readonly string[];
  readonly active: boolean;
}

/** Webhooks of one tenant. */
export const MAX_WEBHOOKS = 50;
/** For so long an old secret signs beside its successor. */
export const OLD_SECRET_MS = DAY_MS;
/** Secrets that sign at once: whoever rotates again and again would otherwise lengthen a header without end. */
const MAX_SECRETS = 3;
/** A webhook to which nothing came through for so long is switched off when a delivery is given up. */
export const FAILING_MS = 2 * DAY_MS;

export const newWebhook = (
  id: string,
  { active, ...input }: WebhookInput,
  secret: WebhookSecret,
  now: Date,
): Omit<Draft<Webhook>, 'slot'> => ({
  ...compact({ ...input }),
  ...switched(active, now),
  id,
  url: input.url,
  events: input.events,
  secrets: [secret],
});

const switched = (active: boolean, now: Date): Pick<Webhook, 'active' | 'disabledAt' | 'disabledReason' | 'failingSince'> => ({
  active,
  disabledAt: active ? undefined : now,
  disabledReason: active ? undefined : 'BY_HAND',
  failingSince: undefined,
});

/** Replaces what an administrator says of it. One that is switched on again begins anew. */
export const change = (before: Webhook, { url, description, events, active }: WebhookInput, now: Date): Webhook => ({
  ...before,
  url,
  description,
  events,
  ...(active === before.active ? {} : switched(active, now)),
});

/** The secrets that sign at this moment, the newest first. */
export const signing = ({ secrets }: Pick<Webhook, 'secrets'>, now: Date): readonly WebhookSecret[] =>
  secrets.filter(({ until }) => until === undefined || until > now);

/** A new secret signs, and the one before it still does for a day. A rotation that is repeated changes nothing. */
export const rotate = (before: Webhook, secret: WebhookSecret, now: Date): Webhook => {
  if (before.secrets.some(({ id }) => id === secret.id)) return before;
  const until = new Date(now.getTime() + OLD_SECRET_MS);
  const old = signing(before, now).map((each) => ({ ...each, until: each.until ?? until }));
  return { ...before, secrets: [secret, ...old].slice(0, MAX_SECRETS) };
};

export const remove = (before: Webhook, now: Date): Webhook & { readonly deletedAt: Date } => ({
  ...before,
  active: false,
  secrets: [],
  slot: undefined,
  deletedAt: now,
});

/** What an attempt tells of its webhook. `givenUp`: nobody tries this delivery again by itself. */
export interface AttemptNews {
  readonly delivered: boolean;
  readonly gone: boolean;
  readonly givenUp: boolean;
}

/** Counts failures as one stretch of time: nothing is written as long as nothing changes. */
export const note = (before: Webhook, { delivered, gone, givenUp }: AttemptNews, now: Date): Decision<Webhook> => {
  if (!before.active) return { state: before };
  if (delivered) return { state: { ...before, failingSince: undefined } };
  const failingSince = before.failingSince ?? now;
  const reason = gone ? 'GONE' : givenUp && now.getTime() - failingSince.getTime() >= FAILING_MS ? 'FAILING' : undefined;
  if (reason === undefined) return { state: { ...before, failingSince } };
  const { id, url, description } = before;
  const webhook = compact({ id, host: new URL(url).host, description });
  return {
    state: { ...before, failingSince, active: false, disabledAt: now, disabledReason: reason },
    events: [WebhookSwitchedOff.with({ webhook, reason, at: now.toISOString() })],
  };
};
