import { visibleOr } from '../kernel/held.js';
import { ticketNotFound } from './ticket.errors.js';

/** The ticket, or 404 when the caller may not see it. */
export const visibleTo = visibleOr(ticketNotFound);
