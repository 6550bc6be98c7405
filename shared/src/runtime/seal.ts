import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** Whose secret it is, such as tenant and id. What was sealed for one owner cannot be opened for another one. */
export type SealOwner = readonly string[];

/** Keeps secrets that a service needs in plain again, such as the key that signs for a receiver, unreadable in its database. */
export interface Seal {
  seal(owner: SealOwner, text: string): string;
  /** `undefined` when it was altered, belongs to another owner, or was sealed under another `INTERNAL_SECRET`. */
  open(owner: SealOwner, sealed: string): string | undefined;
}

const CIPHER = 'aes-256-gcm';
/** NIST SP 800-38D: a random nonce of 96 bits is safe for 2^32 secrets under one key. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const boundTo = (owner: SealOwner): Buffer => Buffer.from(JSON.stringify(owner));

/** `purpose` keeps the keys of different uses apart: `createSeal(secret, 'webhook secrets')`. */
export const createSeal = (secret: string, purpose: string): Seal => {
  const key = Buffer.from(hkdfSync('sha256', secret, '', `riparo seal of ${purpose}`, 32));
  return {
    seal: (owner, text) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES }).setAAD(boundTo(owner));
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
    },
    open: (owner, text) => {
      const bytes = Buffer.from(text, 'base64url');
      if (bytes.length < NONCE_BYTES + TAG_BYTES) return undefined;
      try {
        const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
          .setAAD(boundTo(owner))
          .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
        return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
      } catch {
        return undefined;
      }
    },
  };
};
