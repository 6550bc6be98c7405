import { SessionsRevoked } from '@riparo/shared/contracts/auth.events';
import type { Decision, Draft, Entity } from '@riparo/shared/persistence/repository';
import { refreshTokenInvalid } from './session.errors.js';

/** One sign-in on one device; the family of all refresh tokens that followed from it. */
export interface Session extends Entity {
  readonly userId: string;
  /** The user's epoch at sign-in: a session of an earlier one is over. */
  readonly epoch: number;
  /** Hash of the part that all refresh tokens of this session share. */
  readonly familyHash: string;
  /** Hash of the part that only the unspent refresh token has. */
  readonly secretHash: string;
  readonly expiresAt: Date;
  readonly endedAt?: Date;
  readonly ip: string;
  readonly userAgent?: string;
}

export type NewSession = Draft<Session>;

export interface TokenHashes {
  readonly familyHash: string;
  readonly secretHash: string;
}

const isOver = ({ endedAt, expiresAt }: Session, now: Date): boolean => endedAt !== undefined || expiresAt <= now;

/** Ends a session; `until` is when its last access token has expired. */
export const endSession = (session: Session, now: Date, until: Date): Decision<Session> =>
  isOver(session, now)
    ? { state: session }
    : {
        state: { ...session, endedAt: now },
        events: [SessionsRevoked.with({ userId: session.userId, sessionId: session.id, until: until.toISOString() })],
      };

export interface Rotation {
  readonly presented: TokenHashes;
  readonly next: TokenHashes;
  readonly now: Date;
  /** The new end of the session. */
  readonly expiresAt: Date;
  readonly until: Date;
}

/**
 * Spends a refresh token and gives the next one. A token that belongs to the family but is spent has been copied by
 * somebody: nobody can tell who holds the good one, so the session ends for both.
 */
export const rotate = (session: Session, { presented, next, now, expiresAt, until }: Rotation): Decision<Session> => {
  if (isOver(session, now) || presented.familyHash !== session.familyHash) throw refreshTokenInvalid();
  if (presented.secretHash !== session.secretHash) return endSession(session, now, until);
  return { state: { ...session, secretHash: next.secretHash, expiresAt } };
};
