import { SessionsRevoked } from '@riparo/shared/contracts/auth.events';
import type { Decision, Draft, Entity } from '@riparo/shared/persistence/repository';
import { SECOND_MS } from '@riparo/shared/time/units';
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
  /** The token that was spent last; absent in sessions that were never refreshed. */
  readonly spent?: SpentToken;
  readonly expiresAt: Date;
  readonly endedAt?: Date;
  readonly ip: string;
  readonly userAgent?: string;
}

export interface Client {
  readonly ip: string;
  readonly userAgent?: string;
}

export interface SpentToken extends Client {
  readonly secretHash: string;
  /** What the next token was made with, besides the spent one. */
  readonly salt: string;
  readonly at: Date;
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
  readonly salt: string;
  readonly client: Client;
  readonly now: Date;
  /** The new end of the session. */
  readonly expiresAt: Date;
  readonly until: Date;
}

/** Two tabs of one browser refresh at the same moment; a slow network repeats a request. */
const REPEATABLE_MS = 30 * SECOND_MS;

const isRepetition = ({ spent }: Session, { presented, now, client }: Rotation): boolean =>
  spent?.secretHash === presented.secretHash &&
  now.getTime() - spent.at.getTime() <= REPEATABLE_MS &&
  spent.ip === client.ip &&
  spent.userAgent === client.userAgent;

/**
 * Spends a refresh token and gives the next one. The token that was spent last changes nothing when it comes again within
 * 30 s from the same address and user agent: it gets the same answer. Any other token that belongs to the family but is spent has been copied by somebody: nobody can tell who holds the good one, so the session ends for both.
 */
export const rotate = (session: Session, rotation: Rotation): Decision<Session> => {
  const { presented, next, salt, client, now, expiresAt, until } = rotation;
  if (isOver(session, now) || presented.familyHash !== session.familyHash) throw refreshTokenInvalid();
  if (presented.secretHash !== session.secretHash)
    return isRepetition(session, rotation) ? { state: session } : endSession(session, now, until);
  const spent = { secretHash: presented.secretHash, salt, at: now, ...client };
  return { state: { ...session, secretHash: next.secretHash, spent, expiresAt } };
};
