import type { Caller } from '../contracts/caller.js';

/** Checks an access token's signature, audience, expiry and revocation; throws `unauthenticated` with what is wrong. */
export interface TokenVerifier {
  verify(token: string): Promise<Caller>;
}
