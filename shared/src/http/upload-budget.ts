import { DomainError } from '../errors/domain-error.js';
import type { LimitClass } from './reference/limit-class.js';

/** How many bytes of bodies, files as well as JSON, may be in memory at once, from the declared length on until the use case has ended. */
export interface UploadLimits {
  readonly perPerson: number;
  readonly perProcess: number;
}

const KIB = 1024;
const MIB = 1024 * KIB;

/** Bytes. Node reads as many of headers from everybody. A JSON body of this size takes no room: a login gets in while others upload. */
export const SMALL_BODY = 16 * KIB;

/** A file has at most 20 MiB: one person may send two of these at once, or many photos of a phone; the process takes nine. */
export const UPLOAD_LIMITS: UploadLimits = { perPerson: 48 * MIB, perProcess: 192 * MIB };

const RETRY_AFTER_S = 5;

export const UPLOAD_LIMIT: LimitClass = {
  name: 'uploads',
  code: 'TOO_MANY_UPLOADS',
  about: `Bodies of one person that are under way at the same time: ${UPLOAD_LIMITS.perPerson / MIB} MiB of files, and of JSON bodies over ${SMALL_BODY / KIB} KiB.`,
};

const tooManyOfOne = (): DomainError =>
  new DomainError('throttled', UPLOAD_LIMIT.code, `Too many of your uploads are under way. Try again in ${RETRY_AFTER_S} seconds.`, {
    retryAfter: RETRY_AFTER_S,
  });

const noRoom = (): DomainError =>
  new DomainError(
    'unavailable',
    'UPLOADS_FULL',
    `Too many uploads are under way. Nothing was kept; try again in ${RETRY_AFTER_S} seconds.`,
    {
      retryAfter: RETRY_AFTER_S,
    },
  );

/** The room of one body. */
export interface UploadRoom {
  /** Makes sure that `bytes` in all are charged. Throws 429 `TOO_MANY_UPLOADS` or 503 `UPLOADS_FULL`. */
  need(bytes: number): void;
  /** Gives everything back. Idempotent. */
  release(): void;
}

/** Counts the bodies that one process takes in. */
export interface UploadBudget {
  /** Room for one body of a person, nothing of it charged yet. */
  open(person: string): UploadRoom;
}

export const createUploadBudget = ({ perPerson, perProcess }: UploadLimits = UPLOAD_LIMITS): UploadBudget => {
  const charged = new Map<string, number>();
  let total = 0;
  const add = (person: string, bytes: number): void => {
    const own = (charged.get(person) ?? 0) + bytes;
    total += bytes;
    if (own === 0) charged.delete(person);
    else charged.set(person, own);
  };
  return {
    open: (person) => {
      let held = 0;
      return {
        need: (bytes) => {
          const more = bytes - held;
          if (more <= 0) return;
          if ((charged.get(person) ?? 0) + more > perPerson) throw tooManyOfOne();
          if (total + more > perProcess) throw noRoom();
          add(person, more);
          held = bytes;
        },
        release: () => {
          if (held > 0) add(person, -held);
          held = 0;
        },
      };
    },
  };
};
