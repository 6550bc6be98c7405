import { DomainError } from '@riparo/shared/errors/domain-error';

export const ticketAlreadyRated = (): DomainError =>
  new DomainError('conflict', 'TICKET_ALREADY_RATED', 'This ticket has been rated already. Thank you.');

export const ticketNotClosed = (): DomainError =>
  new DomainError('conflict', 'TICKET_NOT_CLOSED', 'The ticket can be rated once it is closed.');

export const ticketNotRatable = (): DomainError =>
  new DomainError('conflict', 'TICKET_NOT_RATABLE', 'The centre opened this ticket for itself: there is nothing to rate.');

export const ratingPeriodOver = (): DomainError =>
  new DomainError('conflict', 'RATING_PERIOD_OVER', 'The ticket was closed too long ago to be rated.');
