import { createHash, randomBytes } from 'node:crypto';
import type { TokenHashes } from './session.js';

export interface RefreshToken extends TokenHashes {
  readonly sessionId: string;
  /** What the client is given; only its hashes are kept. */
  readonly token: string;
  /** The shared part, to make the next token of the family from. */
  readonly family: Buffer;
}

const ID_BYTES = 16;
const FAMILY_BYTES = 16;
const SECRET_BYTES = 24;
const TOTAL = ID_BYTES + FAMILY_BYTES + SECRET_BYTES;

/** Random enough that a fast hash is safe: there is nothing to guess. */
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('base64url');

const toUuid = (bytes: Buffer): string => bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

const fromBytes = (bytes: Buffer): RefreshToken => {
  const family = bytes.subarray(ID_BYTES, ID_BYTES + FAMILY_BYTES);
  return {
    sessionId: toUuid(bytes.subarray(0, ID_BYTES)),
    token: bytes.toString('base64url'),
    family,
    familyHash: sha256(family),
    secretHash: sha256(bytes.subarray(ID_BYTES + FAMILY_BYTES)),
  };
};

/** `<session id><family><secret>` in base64url: the family stays for the session's life, the secret for one use. */
export const mintRefreshToken = (sessionId: string, family: Buffer = randomBytes(FAMILY_BYTES)): RefreshToken =>
  fromBytes(Buffer.concat([Buffer.from(sessionId.replaceAll('-', ''), 'hex'), family, randomBytes(SECRET_BYTES)]));

/** `undefined` for what was never a refresh token. */
export const parseRefreshToken = (token: string): RefreshToken | undefined => {
  const bytes = Buffer.from(token, 'base64url');
  return bytes.length === TOTAL && bytes.toString('base64url') === token ? fromBytes(bytes) : undefined;
};
