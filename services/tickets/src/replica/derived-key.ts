import { createHash } from 'node:crypto';

/** An Idempotency-Key for a request to another service: the same cause and the same question give the same key. */
export const derivedIdempotencyKey = (cause: string, question: unknown): string =>
  `${cause}:${createHash('sha256').update(JSON.stringify(question)).digest('base64url')}`;
