import type { QuoteStatus } from '@riparo/shared/contracts/quotes.events';
import { notFound } from '@riparo/shared/errors/common-errors';
import { DomainError, type FurtherMembers } from '@riparo/shared/errors/domain-error';
import { compact } from '@riparo/shared/json/compact';

export const quoteNotFound = (): DomainError => notFound('quote');
export const quoteVersionNotFound = (): DomainError => notFound('quote version');
export const repairInformationFormNotFound = (): DomainError => notFound('repair information form');

const conflict = (code: string, message: string, extra: FurtherMembers = {}): DomainError =>
  new DomainError('conflict', code, message, { extra });

/** Another quote for the same repair or ticket is in force. */
export const quoteInForce = (
  other: { readonly id: string; readonly number: string; readonly status: QuoteStatus } | undefined,
): DomainError =>
  conflict(
    'QUOTE_IN_FORCE',
    other === undefined
      ? 'There is another quote for this work. Change that one.'
      : `Quote ${other.number} for this work is in force. Change that one: a change of a sent quote is its next version.`,
    other === undefined ? {} : { quoteId: other.id, number: other.number, current: other.status },
  );

/** The newest version and the newest accepted one say which way is left. */
interface FullQuote {
  readonly newest: { readonly quoteVersion: number; readonly status: QuoteStatus };
  readonly acceptedVersion?: number | undefined;
}

const wayOut = ({ newest: { quoteVersion, status }, acceptedVersion }: FullQuote): string => {
  if (acceptedVersion !== undefined)
    return `Version ${acceptedVersion} was accepted and holds: complete the work within it. What goes beyond it needs a repair or ticket of its own.`;
  return status === 'SENT'
    ? `Withdraw version ${quoteVersion}, or let the customer decline it; then make a new quote.`
    : 'Make a new quote for this work.';
};

export const quoteVersionsFull = (most: number, full: FullQuote): DomainError =>
  conflict(
    'QUOTE_VERSIONS_FULL',
    `A quote has at most ${most} versions. ${wayOut(full)}`,
    compact({ acceptedVersion: full.acceptedVersion }),
  );

export const quoteNotADraft = (status: QuoteStatus): DomainError =>
  conflict('QUOTE_NOT_A_DRAFT', `The newest version is ${status}. Change the quote first: the change is the next version.`, {
    current: status,
  });

export const quoteIncomplete = (missing: readonly string[]): DomainError =>
  conflict('QUOTE_INCOMPLETE', `The quote cannot be sent without ${missing.join(', ')}.`, { missing });

export const quoteEndsTooSoon = (earliest: string): DomainError =>
  conflict('QUOTE_ENDS_TOO_SOON', `The quote would have to be valid until ${earliest} at least. Change \`validUntil\`, or clear it.`, {
    earliest,
  });

/** The version before the draft has become something else since the draft was written. */
export const quoteOvertaken = (quoteVersion: number, status: QuoteStatus): DomainError =>
  conflict(
    'QUOTE_OVERTAKEN',
    `Version ${quoteVersion} has become ${status} since this draft was written. Look at the draft again, save it with PUT, then send it.`,
    { quoteVersion, current: status },
  );

/** The European form binds the centre. */
export const quoteBinding = (until: Date): DomainError =>
  conflict(
    'QUOTE_BINDING',
    `The European Repair Information Form was given with this quote: it can neither be withdrawn nor replaced before ${until.toISOString()}. The customer may decline it.`,
    { boundUntil: until.toISOString() },
  );

export const quoteSentTooOften = (most: number, retryAfter: number): DomainError =>
  new DomainError(
    'throttled',
    'QUOTE_SENT_TOO_OFTEN',
    `Quotes for one repair or ticket are sent at most ${most} times an hour. Try again in ${retryAfter} seconds.`,
    {
      retryAfter,
    },
  );

export const quoteNotWithdrawable = (status: QuoteStatus): DomainError =>
  conflict('QUOTE_NOT_WITHDRAWABLE', `The quote is ${status}: there is nothing to take back.`, { current: status });

export const quoteNotSent = (): DomainError => conflict('QUOTE_NOT_SENT', 'The quote has not been sent yet: there is nothing to answer.');

export const quoteVersionNotCurrent = (currentVersion: number): DomainError =>
  conflict('QUOTE_VERSION_NOT_CURRENT', `Only version ${currentVersion} can be answered: it is the newest one that was sent.`, {
    currentVersion,
  });

/** The version that was to be taken back is not the newest one, or there is none of that number. */
export const quoteVersionNotNewest = (currentVersion: number): DomainError =>
  conflict('QUOTE_VERSION_NOT_CURRENT', `Only version ${currentVersion} can be withdrawn: it is the newest one.`, { currentVersion });

export const quoteAlreadyDecided = (status: QuoteStatus): DomainError =>
  conflict('QUOTE_ALREADY_DECIDED', `The quote is ${status} already.`, { current: status });

export const quoteExpired = ({ validUntil, reason }: { readonly validUntil: string; readonly reason?: 'WORK_ENDED' }): DomainError => {
  const why = reason === 'WORK_ENDED' ? 'The work ended before the quote was answered' : `The quote was valid until ${validUntil}`;
  return conflict('QUOTE_EXPIRED', `${why}. Ask for a new one.`, { validUntil });
};

export const quoteWithdrawn = (): DomainError => conflict('QUOTE_WITHDRAWN', 'The quote was withdrawn. Ask for a new one.');
