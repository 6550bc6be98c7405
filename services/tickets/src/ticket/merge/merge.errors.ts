import type { TicketName } from '@riparo/shared/contracts/tickets.events';
import { DomainError } from '@riparo/shared/errors/domain-error';

export const targetMerged = (useInstead: TicketName): DomainError =>
  new DomainError('conflict', 'MERGE_TARGET_MERGED', `That ticket was itself merged. Merge into ${useInstead.ticketNumber} instead.`, {
    extra: { mergedInto: useInstead },
  });

export const mergeCircle = (): DomainError =>
  new DomainError('conflict', 'MERGE_CIRCLE', 'That ticket was merged into this one. Undo that first.');

export const targetClosed = (): DomainError =>
  new DomainError('conflict', 'MERGE_TARGET_CLOSED', 'That ticket is closed: nobody would read what comes along. Reopen it first.');

export const targetFull = (most: number): DomainError =>
  new DomainError('conflict', 'MERGE_TARGET_FULL', `No more than ${most} tickets can be merged into one.`);

export const ticketAlreadyMerged = (mergedIntoId: string): DomainError =>
  new DomainError('conflict', 'TICKET_ALREADY_MERGED', 'The ticket was merged into another one already. Undo that first.', {
    extra: { mergedIntoId },
  });

export const ticketNotMerged = (): DomainError =>
  new DomainError('conflict', 'TICKET_NOT_MERGED', 'The ticket is one of its own: there is no merge to undo.');

/** Two tickets were to be merged into each other, and neither request was first. */
export const mergeInTheWay = (): DomainError =>
  new DomainError('conflict', 'MERGE_IN_THE_WAY', 'Another merge of these tickets is under way. Read them again, then repeat yours.');
