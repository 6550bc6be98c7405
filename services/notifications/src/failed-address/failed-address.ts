import type { DomainEvent } from '@riparo/shared/contracts/event';
import { AddressCleared, AddressFailed, type AddressClearance, type AddressFailure } from '@riparo/shared/contracts/notifications.events';
import type { Decision, Entity } from '@riparo/shared/persistence/repository';

export interface Failure {
  readonly source: AddressFailure;
  /** What the other side said. */
  readonly reason: string;
  readonly failedAt: Date;
}

/** An address that takes no mail: nothing more is sent there until somebody has confirmed it, or it takes one all the same. */
export interface FailedAddress extends Entity, Failure {
  readonly address: string;
  /** Missing: it still fails, and nothing is sent. */
  readonly confirmedAt?: Date;
  /** Missing with `confirmedAt`: it took a mail. */
  readonly confirmedByUserId?: string;
}

export const isFailing = (state: FailedAddress | undefined): boolean => state !== undefined && state.confirmedAt === undefined;

export const addressFailed = ({ address, source, reason, failedAt }: Omit<FailedAddress, keyof Entity>): readonly DomainEvent[] => [
  AddressFailed.with({ address, source, reason, at: failedAt.toISOString() }),
];

/** Fails anew, also after somebody has confirmed it. */
export const fail = (before: FailedAddress, failure: Failure): Decision<FailedAddress> => {
  if (isFailing(before)) return { state: before };
  const state = { ...before, ...failure, confirmedAt: undefined, confirmedByUserId: undefined };
  return { state, events: addressFailed({ ...failure, address: before.address }) };
};

const cleared = (state: FailedAddress, because: AddressClearance, now: Date): Decision<FailedAddress> => ({
  state: { ...state, confirmedAt: now },
  events: [AddressCleared.with({ because, at: now.toISOString() })],
});

export const confirm = (before: FailedAddress, byUserId: string, now: Date): Decision<FailedAddress> =>
  isFailing(before) ? cleared({ ...before, confirmedByUserId: byUserId }, 'CONFIRMED', now) : { state: before };

/** A mail server that refused the address takes a mail for it. That it takes one says nothing of an address that mails come back from. */
export const take = (before: FailedAddress, now: Date): Decision<FailedAddress> =>
  isFailing(before) && before.source === 'REFUSED' ? cleared(before, 'DELIVERED', now) : { state: before };
