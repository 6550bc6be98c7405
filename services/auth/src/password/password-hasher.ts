import { createHmac } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { addressKey } from '@riparo/shared/http/rate-limit';
import { Piscina } from 'piscina';
import type { HashJob } from './hash-worker.js';
import { createLanes, type Lane } from './lanes.js';
import { hashingBusy } from './password.errors.js';

export interface PasswordHasher {
  /** `ip` is the client's address: clients take turns. */
  hash(password: string, ip: string, lane?: Lane): Promise<string>;
  /** Takes as long without a hash (an account that does not exist) as with one. */
  verify(password: string, hash: string | undefined, ip: string): Promise<boolean>;
  /** Whether a hash was made with another cost or in an older way and should be renewed at the next sign-in. */
  isOutdated(hash: string): boolean;
  stop(): Promise<void>;
}

export interface PasswordHasherOptions {
  /** bcrypt's logarithmic cost. */
  readonly cost: number;
  /** Default: one thread per core but one, so that requests always find a core. */
  readonly threads?: number;
  /** Jobs that may wait in each lane; more are refused with 429. */
  readonly maxQueue: number;
}

/**
 * bcrypt looks at the first 72 bytes only, so that of two long passphrases the difference may go unseen. What it gets
 * is therefore a digest of the whole password, 44 characters of base64 (no zero byte can end it early), and the hash
 * carries this marker. The digest is keyed, so that a digest leaked from elsewhere cannot be tried here as it is. Hashes
 * without the marker come from other systems: they are checked as plain bcrypt and renewed at the next sign-in.
 */
const MARKER = '{riparo-1}';

/** NFKC, because one and the same password is sent in different encodings by different keyboards (NIST 800-63B 5.1.1.2). */
const digest = (password: string): string => createHmac('sha256', 'riparo password v1').update(password.normalize('NFKC')).digest('base64');

const costOf = (hash: string): number => Number(/^\$2[aby]\$(\d\d)\$/.exec(hash.replace(MARKER, ''))?.[1]);

/** Salt and digest of no password at all, to compare with where there is no account. */
const dummyHash = (cost: number): string => `$2b$${String(cost).padStart(2, '0')}$${'.'.repeat(22)}${'.'.repeat(31)}`;

export const createPasswordHasher = ({ cost, threads, maxQueue }: PasswordHasherOptions): PasswordHasher => {
  const maxThreads = threads ?? Math.max(1, availableParallelism() - 1);
  const pool = new Piscina<HashJob, string | boolean>({
    filename: new URL('./hash-worker.js', import.meta.url).href,
    minThreads: 0,
    maxThreads,
    idleTimeout: 30_000,
    // Requests come before hashes when both want the same core.
    niceIncrement: 10,
  });
  const lanes = createLanes({ threads: maxThreads, maxQueue, busy: hashingBusy });
  const run = <T extends string | boolean>(lane: Lane, ip: string, job: HashJob): Promise<T> =>
    lanes.run({ lane, client: addressKey(ip) }, async () => (await pool.run(job)) as T);
  return {
    hash: async (password, ip, lane = 'new-password') =>
      `${MARKER}${await run<string>(lane, ip, { kind: 'hash', text: digest(password), cost })}`,
    verify: async (password, hash, ip) => {
      if (hash === undefined) {
        await run('sign-in', ip, { kind: 'compare', text: digest(password), hash: dummyHash(cost) });
        return false;
      }
      const text = hash.startsWith(MARKER) ? digest(password) : password;
      return run<boolean>('sign-in', ip, { kind: 'compare', text, hash: hash.replace(MARKER, '') });
    },
    isOutdated: (hash) => !hash.startsWith(MARKER) || costOf(hash) !== cost,
    stop: () => pool.destroy(),
  };
};
