import { RegistrationApproved, RegistrationRejected } from '@riparo/shared/contracts/auth.events';
import { registrationDecided } from './user.errors.js';
import { published, type UserDecision, type UserState } from './user.js';

export const REGISTRATION_STATUSES = ['PENDING', 'APPROVED', 'REJECTED'] as const;
export type RegistrationStatus = (typeof REGISTRATION_STATUSES)[number];

/** How somebody who registered as staff got in, or did not. */
export interface Registration {
  readonly status: RegistrationStatus;
  readonly requestedAt: Date;
  readonly decidedAt?: Date;
  readonly decidedByUserId?: string;
  readonly reason?: string;
}

export interface RegistrationDecision {
  readonly decidedAt: Date;
  readonly decidedByUserId: string;
}

const pendingRegistration = ({ registration }: UserState): Registration => {
  if (registration?.status !== 'PENDING') throw registrationDecided(registration?.status);
  return registration;
};

export const approve = (user: UserState, decision: RegistrationDecision): UserDecision => {
  const registration: Registration = { ...pendingRegistration(user), ...decision, status: 'APPROVED' };
  const state: UserState = { ...user, status: 'ACTIVE', registration };
  return { state, events: [RegistrationApproved.with({ user: published(state) })] };
};

export const reject = (user: UserState, reason: string, decision: RegistrationDecision): UserDecision => {
  const registration: Registration = { ...pendingRegistration(user), ...decision, reason, status: 'REJECTED' };
  const state: UserState = { ...user, status: 'REJECTED', registration };
  return { state, events: [RegistrationRejected.with({ user: published(state), reason })] };
};
