import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { Platform } from '@riparo/shared/composition/platform';
import type { KeySource } from '@riparo/shared/http/key-source';
import type { Entity, Repository } from '@riparo/shared/persistence/repository';
import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import { DAY_MS } from '@riparo/shared/time/units';
import { parsePrivateKeys, toSigningKey, type SigningKey } from './signing-key.js';

/** The keys of access tokens: the first one signs, all of them are published and verify. */
export interface SigningKeys {
  current(): Promise<SigningKey>;
  all(): Promise<readonly SigningKey[]>;
  /** For verifiers in the same process. */
  readonly source: KeySource;
  /** Makes a new key when the newest has served its time; the old ones go on verifying until no token needs them. */
  rotate(): Promise<void>;
  ensureIndexes(): Promise<void>;
}

/** Keys from configuration: rotated by putting a new one in front. */
export const createConfiguredKeys = (pems: string): SigningKeys => {
  const keys = parsePrivateKeys(pems);
  const [first] = keys;
  if (first === undefined) throw new Error('JWT_PRIVATE_KEY holds no private key in PEM format');
  const byKid = new Map<string, KeyObject>(keys.map(({ kid, publicKey }) => [kid, publicKey]));
  return {
    current: () => Promise.resolve(first),
    all: () => Promise.resolve(keys),
    source: { find: (kid) => Promise.resolve(byKid.get(kid)) },
    rotate: () => Promise.resolve(),
    ensureIndexes: () => Promise.resolve(),
  };
};

/** A key that auth made for itself. Whoever can read this database could forge tokens, as with any secret in it. */
interface StoredKey extends Entity {
  readonly pem: string;
}

export interface GeneratedKeysOptions {
  /** Days until a new key takes over. */
  readonly rotateAfterDays: number;
  /** Milliseconds that a token lives: for so long after its successor an old key is kept. */
  readonly tokenLifetimeMs: number;
}

/** A forged `kid` costs no more than one look into the database per this many ms. */
const COOLDOWN_MS = 2_000;
/** Other instances sign with a new key after this long at the latest. */
const MAX_AGE_MS = 60_000;

const newPem = async (): Promise<string> => {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
};

/** `key-0001`, `key-0002`, …: two instances that rotate at once make one key, because the id is unique. */
const idOf = (sequence: number): string => `key-${String(sequence).padStart(4, '0')}`;
const sequenceOf = (id: string): number => Number(id.slice('key-'.length));

/** Keys that auth makes at first start and keeps in its own database. */
export const createGeneratedKeys = (
  { connection, clock, relay }: Platform,
  { rotateAfterDays, tokenLifetimeMs }: GeneratedKeysOptions,
): SigningKeys => {
  const repository: Repository<StoredKey> = createMongoRepository<StoredKey>({
    connection,
    clock,
    relay,
    service: 'auth',
    collection: 'signing_keys',
  });
  const stored = repository.in(DEFAULT_TENANT);
  let known: readonly { readonly key: SigningKey; readonly id: string; readonly createdAt: Date }[] = [];
  let loadedAt = Number.NEGATIVE_INFINITY;

  const add = async (sequence: number): Promise<void> => {
    await stored.insert({ id: idOf(sequence), pem: await newPem() });
  };
  const load = async (): Promise<void> => {
    const now = clock.now().getTime();
    let keys = await stored.list({}, { sort: { id: -1 }, limit: 20 });
    if (keys.length === 0) {
      await add(1);
      keys = await stored.list({}, { sort: { id: -1 }, limit: 20 });
    }
    // A key is needed until the last token that it signed has expired, and it signed until its successor was made.
    const needed = keys.filter(
      (_, index) => index === 0 || now - (keys[index - 1]?.createdAt.getTime() ?? 0) < tokenLifetimeMs + MAX_AGE_MS,
    );
    known = needed.map(({ id, pem, createdAt }) => ({
      id,
      createdAt,
      key: known.find((other) => other.id === id)?.key ?? toSigningKey(pem),
    }));
    loadedAt = now;
  };
  const loadIfOlder = async (age: number): Promise<void> => {
    if (clock.now().getTime() - loadedAt >= age) await load();
  };
  const all = async (): Promise<readonly SigningKey[]> => {
    await loadIfOlder(MAX_AGE_MS);
    return known.map(({ key }) => key);
  };

  return {
    all,
    current: async () => {
      const [first] = await all();
      if (first === undefined) throw new Error('there is no signing key');
      return first;
    },
    source: {
      find: async (kid) => {
        const find = (): KeyObject | undefined => known.find(({ key }) => key.kid === kid)?.key.publicKey;
        if (find() === undefined) await loadIfOlder(COOLDOWN_MS);
        return find();
      },
    },
    rotate: async () => {
      await load();
      const [newest] = known;
      if (newest === undefined || clock.now().getTime() - newest.createdAt.getTime() < rotateAfterDays * DAY_MS) return;
      await add(sequenceOf(newest.id) + 1);
      await load();
    },
    ensureIndexes: () => repository.ensureIndexes(),
  };
};
