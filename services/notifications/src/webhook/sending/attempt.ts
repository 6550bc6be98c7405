import { Webhook as Signer } from 'standardwebhooks';
import { isDomainError } from '@riparo/shared/errors/domain-error';
import type { Clock } from '@riparo/shared/runtime/clock';
import type { WebhookSecrets } from '../secrets.js';
import type { Webhook } from '../webhook.js';
import { POST_FAULTS, type Post, type Posted } from './post.js';

/** REDIRECTED: an answer of 3xx, which is not followed. GONE: 410. REFUSED: any other answer than 2xx. */
export const ATTEMPT_ERRORS = [...POST_FAULTS, 'REDIRECTED', 'REFUSED', 'GONE', 'SECRET_UNREADABLE'] as const;
export type AttemptError = (typeof ATTEMPT_ERRORS)[number];

/** One try to hand a message over. */
export interface Attempt {
  readonly at: Date;
  /** How long it took. */
  readonly ms: number;
  /** Of the answer; missing: there was none. */
  readonly status?: number;
  /** Missing: it was taken. */
  readonly error?: AttemptError;
  /** How the answer began. */
  readonly answer?: string;
}

export interface Tried {
  readonly attempt: Attempt;
  /** For how long, in ms, the receiver wants to be left alone. */
  readonly retryAfterMs?: number;
}

export interface Outgoing {
  /** The same for every attempt: receivers know by it what they have already. */
  readonly id: string;
  readonly payload: string;
}

export type TryWebhook = (tenantId: string, webhook: Webhook, message: Outgoing, signal?: AbortSignal) => Promise<Tried>;

export interface TryWebhookDeps {
  readonly post: Post;
  readonly secrets: Pick<WebhookSecrets, 'readSigning'>;
  readonly clock: Clock;
}

/** `120` or `Wed, 21 Oct 2026 07:28:00 GMT`. */
const waitOf = (text: string | undefined, now: Date): number | undefined => {
  if (text === undefined) return undefined;
  const wait = /^\d{1,9}$/.test(text.trim()) ? Number(text) * 1_000 : Date.parse(text) - now.getTime();
  return wait > 0 ? wait : undefined;
};

const errorOf = (posted: Posted): AttemptError | undefined => {
  if (posted.kind === 'fault') return posted.fault;
  const { status } = posted;
  if (status >= 200 && status < 300) return undefined;
  if (status === 410) return 'GONE';
  return status >= 300 && status < 400 ? 'REDIRECTED' : 'REFUSED';
};

/** Standard Webhooks: several signatures stand in one header with blanks between, one for each secret. */
const signed = (secrets: readonly string[], { id, payload }: Outgoing, now: Date): Readonly<Record<string, string>> => ({
  'content-type': 'application/json',
  'content-length': String(Buffer.byteLength(payload)),
  'user-agent': 'Riparo-Webhooks/1',
  'webhook-id': id,
  'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
  'webhook-signature': secrets.map((secret) => new Signer(secret).sign(id, now, payload)).join(' '),
});

export const createTryWebhook =
  ({ post, secrets, clock }: TryWebhookDeps): TryWebhook =>
  async (tenantId, webhook, message, signal) => {
    const at = clock.now();
    let keys: readonly string[];
    try {
      keys = secrets.readSigning(tenantId, webhook, at);
    } catch (error) {
      if (!isDomainError(error)) throw error;
      return { attempt: { at, ms: 0, error: 'SECRET_UNREADABLE' } };
    }
    const begun = performance.now();
    const posted = await post({
      url: webhook.url,
      headers: signed(keys, message, at),
      body: message.payload,
      ...(signal === undefined ? {} : { signal }),
    });
    const ms = Math.round(performance.now() - begun);
    const error = errorOf(posted);
    const retryAfterMs = posted.kind === 'answered' ? waitOf(posted.retryAfter, at) : undefined;
    return {
      attempt: {
        at,
        ms,
        ...(posted.kind === 'answered' ? { status: posted.status } : {}),
        ...(error === undefined ? {} : { error }),
        ...(posted.kind === 'answered' && posted.excerpt !== '' ? { answer: posted.excerpt } : {}),
      },
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    };
  };
