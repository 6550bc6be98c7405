import type { TicketRelation } from '@riparo/shared/contracts/tickets.events';
import { notFound } from '@riparo/shared/errors/common-errors';
import { DomainError } from '@riparo/shared/errors/domain-error';

export const linkNotFound = (): DomainError => notFound('link');

export const ticketsLinkedOtherwise = (relation: TicketRelation): DomainError =>
  new DomainError('conflict', 'TICKETS_LINKED_OTHERWISE', `These tickets are linked already: ${relation}. Remove that link first.`, {
    extra: { relation },
  });

export const tooManyLinks = (most: number): DomainError =>
  new DomainError('conflict', 'TICKET_LINKS_FULL', `A ticket can have no more than ${most} links.`);
