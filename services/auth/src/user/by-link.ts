import { SessionsRevoked, UserUpdated } from '@riparo/shared/contracts/auth.events';
import type { DomainEvent } from '@riparo/shared/contracts/event';
import { linkInvalid } from '@riparo/shared/errors/common-errors';
import type { Link } from '../link/link.js';
import { published, type UserDecision, type UserState } from './user.js';

/** Tells other services that the address is confirmed now. */
const confirmed = (before: UserState): readonly DomainEvent[] =>
  before.emailVerified ? [] : [UserUpdated.with({ user: published({ ...before, emailVerified: true }) })];

/**
 * A new password by mail: ends every session, and with the epoch this and every other link that was mailed before, so
 * that it works once. Whoever can read the mail owns the address.
 */
export const resetPassword = (user: UserState, link: Link, passwordHash: string, until: Date): UserDecision => {
  if (user.status !== 'ACTIVE' || user.epoch !== link.epoch) throw linkInvalid();
  const epoch = user.epoch + 1;
  const state: UserState = { ...user, passwordHash, epoch, emailVerified: true };
  return { state, events: [...confirmed(user), SessionsRevoked.with({ userId: user.id, epoch, until: until.toISOString() })] };
};

/** People open the link twice, and mail programs open it before them: what is confirmed stays so, and all is well. */
export const verifyEmail = (user: UserState): UserDecision => ({
  state: user.emailVerified ? user : { ...user, emailVerified: true },
  events: confirmed(user),
});

export interface Acceptance {
  readonly name?: string;
  readonly passwordHash: string;
}

export const acceptInvitation = (user: UserState, link: Link, { name = user.name, passwordHash }: Acceptance): UserDecision => {
  if (user.status !== 'INVITED' || user.epoch !== link.epoch) throw linkInvalid();
  const state: UserState = { ...user, name, passwordHash, status: 'ACTIVE', emailVerified: true };
  return { state, events: [UserUpdated.with({ user: published(state) })] };
};
