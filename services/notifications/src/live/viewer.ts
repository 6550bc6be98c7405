import type { Caller } from '@riparo/shared/contracts/caller';
import type { Viewer } from './views.js';

/** Reads when a token expires that was verified before. */
const expiryOf = (token: string): number => {
  const [, payload = ''] = token.split('.');
  return (JSON.parse(Buffer.from(payload, 'base64url').toString()) as { exp: number }).exp * 1_000;
};

export const viewerOf = (caller: Caller, token: string): Viewer => ({ caller, token, expiresAt: expiryOf(token) });
