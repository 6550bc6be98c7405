import type { Decision, Entity } from '@riparo/shared/persistence/repository';

/** REFUSED: the mail server took no mail for it. BOUNCE: a mail came back. */
export const FAILURE_SOURCES = ['REFUSED', 'BOUNCE'] as const;

export interface Failure {
  readonly source: (typeof FAILURE_SOURCES)[number];
  /** What the other side said. */
  readonly reason: string;
  readonly failedAt: Date;
}

/** An address that takes no mail: nothing more is sent there until somebody has confirmed it. */
export interface FailedAddress extends Entity, Failure {
  readonly address: string;
  /** Missing: nobody yet, and nothing is sent. */
  readonly confirmedAt?: Date;
  readonly confirmedByUserId?: string;
}

export const isFailing = (state: FailedAddress | undefined): boolean => state !== undefined && state.confirmedAt === undefined;

/** Fails anew, also after somebody has confirmed it. */
export const fail = (before: FailedAddress, failure: Failure): Decision<FailedAddress> =>
  isFailing(before) ? { state: before } : { state: { ...before, ...failure, confirmedAt: undefined, confirmedByUserId: undefined } };

export const confirm = (before: FailedAddress, byUserId: string, now: Date): Decision<FailedAddress> =>
  isFailing(before) ? { state: { ...before, confirmedAt: now, confirmedByUserId: byUserId } } : { state: before };
