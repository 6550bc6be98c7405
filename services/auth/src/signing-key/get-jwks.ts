import type { Reply } from '@riparo/shared/http/route';
import type { SigningKeys } from './signing-keys.js';

/** RFC 7517. Verifiers fetch again when they meet a `kid` that they do not know. */
export const getJwks =
  ({ keys }: { keys: SigningKeys }) =>
  async (): Promise<Reply> => ({
    status: 200,
    body: { keys: (await keys.all()).map(({ jwk }) => jwk) },
    headers: { 'Cache-Control': 'public, max-age=300' },
  });
