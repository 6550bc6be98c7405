import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import type { TicketsConfig } from '../../config.js';
import { devicePasswordUnreadable } from '../repair.errors.js';
import type { SealedPassword } from '../repair.js';

/** The repair to which a sealed password belongs. A password that was sealed for one repair cannot be opened for another one. */
export interface PasswordOwner {
  readonly tenantId: string;
  readonly repairId: string;
}

/** Seals device passwords with the current key. Opens passwords that the current or an older key has sealed. */
export interface PasswordVault {
  sealPassword(owner: PasswordOwner, password: string): SealedPassword;
  /**
   * Throws `DEVICE_PASSWORD_UNREADABLE` when the password was altered, belongs to another repair, or was sealed with a
   * key that is no longer configured.
   */
  openPassword(owner: PasswordOwner, sealed: SealedPassword): string;
}

const CIPHER = 'aes-256-gcm';
/** NIST SP 800-38D: a random nonce of 96 bits is the fastest, and safe for 2^32 passwords under one key. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Names the key without revealing anything about it. */
const keyIdOf = (key: Buffer): string => createHash('sha256').update('riparo device password\0').update(key).digest('hex').slice(0, 16);

const boundTo = ({ tenantId, repairId }: PasswordOwner): Buffer => Buffer.from(JSON.stringify([tenantId, repairId]));

const checkedKey = (text: string): Buffer => {
  const key = keyFrom(text);
  if (key === undefined) throw new Error('a key of device passwords must have 32 bytes');
  return key;
};

type Keys = Pick<TicketsConfig, 'DEVICE_PASSWORD_KEY' | 'DEVICE_PASSWORD_OLD_KEYS'>;

export const createPasswordVault = ({ DEVICE_PASSWORD_KEY: current, DEVICE_PASSWORD_OLD_KEYS: old }: Keys): PasswordVault => {
  const key = checkedKey(current);
  const byId = new Map([key, ...old.map(checkedKey)].map((each) => [keyIdOf(each), each] as const));
  return {
    sealPassword: (owner, password) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES }).setAAD(boundTo(owner));
      const sealed = Buffer.concat([cipher.update(password, 'utf8'), cipher.final()]);
      return {
        keyId: keyIdOf(key),
        nonce: nonce.toString('base64'),
        sealed: sealed.toString('base64'),
        tag: cipher.getAuthTag().toString('base64'),
      };
    },
    openPassword: (owner, { keyId, nonce, sealed, tag }) => {
      const known = byId.get(keyId);
      if (known === undefined) throw devicePasswordUnreadable('It was sealed with a key that is no longer configured.');
      try {
        const decipher = createDecipheriv(CIPHER, known, Buffer.from(nonce, 'base64'), { authTagLength: TAG_BYTES })
          .setAAD(boundTo(owner))
          .setAuthTag(Buffer.from(tag, 'base64'));
        return Buffer.concat([decipher.update(Buffer.from(sealed, 'base64')), decipher.final()]).toString('utf8');
      } catch (error) {
        throw devicePasswordUnreadable('What is stored has been altered or belongs to another repair.', error);
      }
    },
  };
};

const FORMS = /^(?:[0-9a-fA-F]{64}|[A-Za-z0-9+/_-]{43}=?)$/;

/** 32 bytes from 64 hex digits or from base64; `undefined` for anything else. */
export const keyFrom = (text: string): Buffer | undefined => {
  if (!FORMS.test(text)) return undefined;
  const key = Buffer.from(text, text.length === 64 ? 'hex' : 'base64');
  return key.length === 32 ? key : undefined;
};
