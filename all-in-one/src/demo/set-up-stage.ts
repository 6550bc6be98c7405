import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { createPasswordHasher, type PasswordHasher } from '@riparo/auth/password/password-hasher';
import type { Mail } from '@riparo/auth/mail/mailer';
import { createFileChannel } from '@riparo/notifications/channel/file-channel';
import { DAY_MS } from '@riparo/shared/time/units';
import { seededIds } from '@riparo/shared/runtime/ids';
import type { AllInOneConfig } from '../config.js';
import type { Stage } from '../stage.js';
import { KEY_ID } from './person.js';

/** Mails of so many last days are there to be read at `/dev/mail`; older ones are written for nobody. */
const MAIL_DAYS = 2;

/**
 * Everybody of the demo has the same password. It is hashed once, at the full cost: a cheaper hash would not be safe,
 * and one for each of them would take most of the time of the filling.
 */
const hashingOnce = (config: AllInOneConfig): PasswordHasher => {
  const hasher = createPasswordHasher({ cost: config.BCRYPT_COST, maxQueue: config.HASH_QUEUE });
  const known = new Map<string, Promise<string>>();
  return {
    ...hasher,
    hash: (password, ip, lane) => {
      const hashed = known.get(password) ?? hasher.hash(password, ip, lane);
      known.set(password, hashed);
      return hashed;
    },
  };
};

export interface OpenStage extends Stage {
  readonly privateKey: KeyObject;
  readonly turnTo: (moment: Date) => void;
  readonly tokenFor: (email: string) => string;
}

export const setUpStage = (config: AllInOneConfig, begin: Date, end: Date): OpenStage => {
  let now = begin;
  let count = 0;
  const tokens = new Map<string, string>();
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const files = createFileChannel({ directory: join(config.DATA_DIR, 'mail'), from: config.MAIL_FROM });
  const keep = ({ to, body }: Mail): void => {
    const token = /[?&]token=([\w.~-]+)/.exec(body)?.[1];
    if (token !== undefined) tokens.set(to, token);
  };
  return {
    privateKey,
    clock: { now: () => now },
    turnTo: (moment) => void (now = moment),
    ids: { next: () => seededIds(`demo ${count++}`, now).next() },
    keys: { find: (kid) => Promise.resolve(kid === KEY_ID ? publicKey : undefined) },
    hasher: hashingOnce(config),
    mailer: {
      send: (mail) => {
        keep(mail);
        return Promise.resolve();
      },
    },
    mail: {
      send: async (message) => {
        if (end.getTime() - now.getTime() < MAIL_DAYS * DAY_MS) await files.send(message);
      },
      close: () => files.close(),
    },
    tokenFor: (email) => {
      const token = tokens.get(email);
      if (token === undefined) throw new Error(`no mail has gone to ${email}`);
      return token;
    },
  };
};
