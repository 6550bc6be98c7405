import { createHash } from 'node:crypto';
import type { Request } from 'express';
import type { Caller } from '../contracts/caller.js';
import { invalidInput } from '../errors/common-errors.js';
import { clientAddress } from './client-address.js';
import { DomainError } from '../errors/domain-error.js';
import type { IdempotencyStore, StoredAnswer } from '../persistence/idempotency-store.js';
import { seededIds, type IdSource } from '../runtime/ids.js';
import type { Reply, Route } from './route.js';

/** The use case inside an idempotent run. */
export type RunUseCase = (now: Date, ids: IdSource) => Promise<Reply>;

const PRINTABLE = /^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/;

/** The request's key; `undefined` without one, 422 when it is not 1–255 printable ASCII characters. */
export const readIdempotencyKey = (request: Request): string | undefined => {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && PRINTABLE.test(key)) return key;
  throw invalidInput([{ path: 'Idempotency-Key', message: 'must be 1 to 255 printable ASCII characters' }]);
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A key belongs to its caller, or to the client's address when nobody is signed in. */
export const idempotencyScope = (key: string, request: Request, caller: Caller | undefined): string =>
  sha256(
    JSON.stringify([
      caller?.tenantId ?? '',
      caller?.userId ?? `ip:${clientAddress(request)}`,
      request.method,
      request.originalUrl.split('?', 1)[0],
      key,
    ]),
  );

const stillRunning = (retryAfter: number): DomainError =>
  new DomainError(
    'conflict',
    'REQUEST_IN_PROGRESS',
    'The first request with this Idempotency-Key is still running. Repeat it a little later.',
    {
      retryAfter,
    },
  );

const keyReused = (): DomainError =>
  new DomainError(
    'invalid',
    'IDEMPOTENCY_KEY_REUSED',
    'This Idempotency-Key was used with another body. Take a new key for a new request.',
  );

/**
 * Runs a use case once per key. Only a successful answer is kept.
 * - A refusal or a crash releases the key. The repetition decides anew, with the ids and the moment of the first run.
 * - A route with `replay: false` keeps no answer, because its answers hold tokens that must not be stored. Its
 *   repetition runs the use case again with the same ids, finds what the first run made, and answers afresh.
 */
export const runIdempotently = async (
  store: IdempotencyStore,
  route: Route,
  scope: string,
  body: unknown,
  now: Date,
  run: RunUseCase,
): Promise<Reply> => {
  const start = await store.begin(scope, sha256(JSON.stringify(body)), now);
  if (start.kind === 'running') throw stillRunning(start.retryAfter);
  if (start.kind === 'mismatch') throw keyReused();
  if (start.kind === 'replay') return replayed(start.answer);
  let reply: Reply;
  try {
    reply = await run(start.startedAt, seededIds(scope, start.startedAt));
  } catch (error) {
    // When the release fails too, the lease runs out by itself (10 s). The caller must get the first error.
    await Promise.allSettled([store.release(scope)]);
    throw error;
  }
  await (route.replay && reply.status < 300 ? store.finish(scope, answerOf(reply)) : store.release(scope));
  return reply;
};

const answerOf = ({ status, headers = {}, body }: Reply): StoredAnswer => ({
  status,
  headers,
  ...(body === undefined ? {} : { body: JSON.stringify(body) }),
});

const replayed = ({ status, headers, body }: StoredAnswer): Reply => ({
  status,
  headers: {
    ...headers,
    ...(body === undefined ? {} : { 'Content-Type': 'application/json; charset=utf-8' }),
    'Idempotent-Replayed': 'true',
  },
  ...(body === undefined ? {} : { body: Buffer.from(body) }),
});
