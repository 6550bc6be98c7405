import { createHash } from 'node:crypto';

/** An Idempotency-Key for asking another service: the same for the same question about the same thing. */
export const derivedIdempotencyKey = (cause: string, question: unknown): string =>
  `${cause}:${createHash('sha256').update(JSON.stringify(question)).digest('base64url')}`;
