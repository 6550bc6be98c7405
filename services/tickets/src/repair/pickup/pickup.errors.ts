import type { RepairStatus } from '@riparo/shared/contracts/enums';
import { DomainError } from '@riparo/shared/errors/domain-error';

export const repairNotLeftBehind = (current: RepairStatus): DomainError =>
  new DomainError('conflict', 'REPAIR_NOT_LEFT_BEHIND', `The repair is ${current}: no device waits for its customer.`, {
    extra: { current },
  });

/** `from`: the first day on which it may be given up, where that is known. */
export const abandonTooEarly = (from: string | undefined): DomainError =>
  new DomainError(
    'conflict',
    'ABANDON_TOO_EARLY',
    from === undefined
      ? 'The customer has not had the last notice yet. Until then the device cannot be given up.'
      : `The device cannot be given up before ${from}.`,
    from === undefined ? {} : { extra: { from } },
  );

export const customerNotReached = (): DomainError =>
  new DomainError(
    'conflict',
    'CUSTOMER_NOT_REACHED',
    'Nobody knows that the last notice reached the customer. Write a letter or call, and record it with POST /repairs/:id/pickup-notices.',
  );

export const abandonRequested = (): DomainError =>
  new DomainError('conflict', 'ABANDON_REQUESTED', 'Somebody has asked for it already: another administrator has to agree.');

export const abandonNotRequested = (): DomainError =>
  new DomainError('conflict', 'ABANDON_NOT_REQUESTED', 'Nobody has asked to give the device up, or the request was withdrawn.');

export const secondPersonNeeded = (): DomainError =>
  new DomainError('conflict', 'SECOND_PERSON_NEEDED', 'You asked for it yourself: another administrator has to agree.');
