import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { TokenHashes } from './session.js';

export interface RefreshToken extends TokenHashes {
  readonly sessionId: string;
  /** What the client is given; only its hashes are kept. */
  readonly token: string;
  /** The shared part, to make the next token of the family from. */
  readonly family: Buffer;
  readonly secret: Buffer;
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
  const secret = bytes.subarray(ID_BYTES + FAMILY_BYTES);
  return {
    sessionId: toUuid(bytes.subarray(0, ID_BYTES)),
    token: bytes.toString('base64url'),
    family,
    secret,
    familyHash: sha256(family),
    secretHash: sha256(secret),
  };
};

/** `<session id><family><secret>` in base64url: the family stays for the session's life, the secret for one use. */
const compose = (sessionId: string, family: Buffer, secret: Buffer): RefreshToken =>
  fromBytes(Buffer.concat([Buffer.from(sessionId.replaceAll('-', ''), 'hex'), family, secret]));

export const mintRefreshToken = (sessionId: string): RefreshToken =>
  compose(sessionId, randomBytes(FAMILY_BYTES), randomBytes(SECRET_BYTES));

export const newSalt = (): string => randomBytes(SECRET_BYTES).toString('base64url');

/**
 * The token that follows one. Made of the spent token, which only its client has, and of a salt, which only the session
 * has: so the same answer can be given twice, though no token is kept.
 */
export const nextRefreshToken = ({ sessionId, family, secret }: RefreshToken, salt: string): RefreshToken =>
  compose(sessionId, family, createHmac('sha256', secret).update(salt).digest().subarray(0, SECRET_BYTES));

/** `undefined` for what was never a refresh token. */
export const parseRefreshToken = (token: string): RefreshToken | undefined => {
  const bytes = Buffer.from(token, 'base64url');
  return bytes.length === TOTAL && bytes.toString('base64url') === token ? fromBytes(bytes) : undefined;
};
