import type { TicketStatus } from '@riparo/shared/contracts/enums';
import { notFound } from '@riparo/shared/errors/common-errors';
import { DomainError } from '@riparo/shared/errors/domain-error';

export const ticketNotFound = (): DomainError => notFound('ticket');

const orNothing = (allowed: readonly TicketStatus[]): string =>
  allowed.length === 0 ? 'You cannot change its status.' : `You can turn it into ${allowed.join(' or ')}.`;

export const ticketTransitionNotAllowed = (current: TicketStatus, wanted: TicketStatus, allowed: readonly TicketStatus[]): DomainError =>
  new DomainError(
    'conflict',
    'TICKET_TRANSITION_NOT_ALLOWED',
    `The ticket is ${current} and cannot become ${wanted}. ${orNothing(allowed)}`,
    { extra: { current, allowed } },
  );

export const ticketNotEditable = (current: TicketStatus): DomainError =>
  new DomainError(
    'conflict',
    'TICKET_NOT_EDITABLE',
    'You can change a ticket only while it is OPEN. Write a reply to add what has changed.',
    { extra: { current } },
  );

export const ticketClosed = (): DomainError =>
  new DomainError('conflict', 'TICKET_CLOSED', 'The ticket is closed. Open a new one, or ask the centre to reopen it.');

export const ticketNotActive = (current: TicketStatus): DomainError =>
  new DomainError('conflict', 'TICKET_NOT_ACTIVE', `The ticket is ${current}: there is nothing to assign. Reopen it first.`, {
    extra: { current },
  });

export const ticketNotAssignedToYou = (): DomainError =>
  new DomainError('forbidden', 'TICKET_NOT_ASSIGNED_TO_YOU', 'The ticket is not assigned to you. Accept it first.');

export const ticketAlreadyAssigned = (): DomainError =>
  new DomainError('conflict', 'TICKET_ALREADY_ASSIGNED', 'Somebody else has the ticket already.');

export const ticketTimelineFull = (): DomainError =>
  new DomainError(
    'conflict',
    'TICKET_TIMELINE_FULL',
    'The timeline is full. Resolve this ticket and open a new one that names its number.',
  );

/** `mergedIntoId` is the ticket to use instead. */
export const ticketMerged = (mergedIntoId: string): DomainError =>
  new DomainError('conflict', 'TICKET_MERGED', 'The ticket was merged into another one. Use that one, or undo the merge.', {
    extra: { mergedIntoId },
  });

/** The settings ask for the customer's approval of the work; `workReportIds` are the reports that wait for it. */
export const workReportNotApproved = (workReportIds: readonly string[]): DomainError =>
  new DomainError(
    'conflict',
    'WORK_REPORT_NOT_APPROVED',
    workReportIds.length === 0
      ? 'Somebody was at the customer’s: write a report of the visit and have the customer approve it first.'
      : 'The customer has to approve the report of the work first.',
    { extra: { workReportIds } },
  );
