import { createHash, randomUUID } from 'node:crypto';
import type { Caller } from '@riparo/shared/contracts/caller';
import { createLimiter } from '@riparo/shared/concurrency/limiter';
import { addressesIn } from '@riparo/shared/config/addresses';
import { notFound, unavailable } from '@riparo/shared/errors/common-errors';
import { API_PREFIX } from '@riparo/shared/http/path';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { InboxItem } from '../inbox/inbox.js';
import { inboxView } from '../inbox/inbox.view.js';
import { subjectPath, type Signal } from './signal.js';

/** Whose eyes something is seen with. */
export interface Viewer {
  readonly caller: Caller;
  /** The access token that the viewer opened the stream with. */
  readonly token: string;
  /** Milliseconds since 1970: when the token expires. */
  readonly expiresAt: number;
}

/** A refusal as the service gave it. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
}

export type Sight =
  | { readonly seen: true; readonly data: unknown; /** Two equal views have the same. */ readonly digest: string }
  | { readonly seen: false; readonly refusal: Refusal };

export type Subject = Pick<Signal, 'kind' | 'subjectId'>;

/** What a GET would answer. */
export interface Views {
  /** `since`: how far the reader has read the journal. A question that was asked as late as that is not asked twice. */
  see(viewer: Viewer, subject: Subject, since: number): Promise<Sight>;
}

export interface ViewsOptions {
  /** Address of a service, or the addresses of its instances with commas between. */
  readonly baseUrls: Readonly<Record<'tickets' | 'auth', string | (() => string)>>;
  readonly inbox: Repository<InboxItem>;
  readonly timeoutMs?: number;
}

/** Questions to services under way at once. */
const AT_ONCE = 32;
const ROUNDS = 2;

const seen = (data: unknown): Sight => ({
  seen: true,
  data,
  digest: createHash('sha1').update(JSON.stringify(data)).digest('base64'),
});

const readAnswer = async (response: Response): Promise<Sight | undefined> => {
  const { status } = response;
  const body = (await response.json().catch(() => ({}))) as { data?: unknown; code?: string; detail?: string };
  if (status === 200) return seen(body.data);
  const isRefusal = status === 401 || status === 403 || status === 404;
  return isRefusal ? { seen: false, refusal: { status, code: body.code ?? 'NOT_FOUND', detail: body.detail ?? '' } } : undefined;
};

/** Asks the services as the viewer would, with the viewer's own token: so nobody sees here what a GET would not show. */
export const createViews = ({ baseUrls, inbox, timeoutMs = 3_000 }: ViewsOptions): Views => {
  const limiter = createLimiter(AT_ONCE);
  const underWay = new Map<string, { readonly since: number; readonly sight: Promise<Sight> }>();
  let turn = 0;

  const ask = async (service: keyof ViewsOptions['baseUrls'], path: string, token: string): Promise<Sight> => {
    const baseUrl = baseUrls[service];
    const bases = addressesIn(typeof baseUrl === 'string' ? baseUrl : baseUrl());
    let cause: unknown;
    for (let attempt = 0; attempt < bases.length * ROUNDS; attempt++) {
      const base = bases[turn++ % bases.length];
      try {
        const headers = { authorization: `Bearer ${token}`, 'x-request-id': `live-${randomUUID()}` };
        const response = await fetch(new URL(`${API_PREFIX}/${path}`, base), { headers, signal: AbortSignal.timeout(timeoutMs) });
        const sight = await readAnswer(response);
        if (sight !== undefined) return sight;
      } catch (error) {
        // The next instance, or the next round, may answer.
        cause = error;
      }
    }
    throw Object.assign(unavailable(`The ${service} service`), { cause });
  };

  const readMessage = async ({ tenantId, userId }: Caller, id: string): Promise<Sight> => {
    const item = await inbox.in(tenantId).find(id);
    if (item?.userId === userId) return seen(inboxView(item));
    const { code, message } = notFound('message');
    return { seen: false, refusal: { status: 404, code, detail: message } };
  };

  return {
    see: ({ caller, token }, subject, since) => {
      if (subject.kind === 'message') return readMessage(caller, subject.subjectId);
      const path = subjectPath(subject);
      // Two streams of one session see the same; another session of the same person may have ended meanwhile.
      const key = `${caller.tenantId} ${caller.sessionId} ${caller.userId} ${path}`;
      const known = underWay.get(key);
      if (known !== undefined && known.since >= since) return known.sight;
      const sight = limiter.run(() => ask(subject.kind === 'account' ? 'auth' : 'tickets', path, token));
      const entry = { since, sight };
      underWay.set(key, entry);
      const forget = (): void => {
        if (underWay.get(key) === entry) underWay.delete(key);
      };
      sight.then(forget, forget);
      return sight;
    },
  };
};
