import type { FieldFault } from '@riparo/shared/errors/domain-error';
import { compact } from '@riparo/shared/json/compact';
import type { Draft } from '@riparo/shared/persistence/repository';
import type { Work } from '../../work/work.js';
import { quoteVersionsFull } from '../quote.errors.js';
import {
  acceptedOf,
  draftOf,
  hasAccepted,
  newestOf,
  newestSentOf,
  priced,
  statusAt,
  unseen,
  withDerived,
  type Quote,
  type QuoteContent,
  type QuoteDecision,
  type QuoteVersion,
} from '../quote.js';
import type { ContentEdit } from '../quote.schema.js';
import { contentFaults, refuseFaults, type ContentRules } from './check-content.js';
import { mergedContent } from './content.js';

/** With 200 lines each, so many stay far below what one document can hold. */
const MOST_VERSIONS = 50;

export const quoteNumberOf = (year: string, sequence: number): string => `QUO-${year}-${String(sequence).padStart(6, '0')}`;

export interface Opening {
  readonly id: string;
  readonly work: Work;
  readonly contactUserId: string | undefined;
  readonly content: QuoteContent;
  readonly currency: string;
  readonly now: Date;
  readonly userId: string;
}

/** A quote with its first draft. */
export const openQuote = ({ id, work, contactUserId, content, currency, now, userId }: Opening, number: string): Draft<Quote> => {
  const { repairId, ticketId, number: subjectNumber, customerId, assignedToUserId, device, problem, refusalFee: agreedFee } = work;
  const first: QuoteVersion = { quoteVersion: 1, status: 'DRAFT', ...priced(content, currency), createdAt: now, createdByUserId: userId };
  const subject = compact({ repairId, ticketId, subjectNumber, device, problem, agreedFee });
  return withDerived(compact({ id, number, ...subject, customerId, contactUserId, assignedToUserId, currency, versions: [first] }));
};

export interface Edit {
  readonly edit: ContentEdit;
  readonly rules: Omit<ContentRules, 'currency'>;
  /** What is wrong with parts and customer, found beforehand. */
  readonly faults: readonly FieldFault[];
  readonly now: Date;
  readonly userId: string;
}

/** What stands before the draft. Sending the draft checks that it is still so. */
export const followed = (quote: Quote, now: Date): QuoteVersion['follows'] => {
  const before = newestSentOf(quote);
  return before && { quoteVersion: before.quoteVersion, status: statusAt(before, now) };
};

const versionToWrite = (quote: Quote, now: Date, userId: string): Pick<QuoteVersion, 'quoteVersion' | 'createdAt' | 'createdByUserId'> => {
  const draft = draftOf(quote);
  if (draft !== undefined) return draft;
  if (quote.versions.length >= MOST_VERSIONS)
    throw quoteVersionsFull(MOST_VERSIONS, { newest: newestOf(quote), acceptedVersion: acceptedOf(quote)?.quoteVersion });
  return { quoteVersion: Math.max(newestOf(quote).quoteVersion, quote.droppedVersion ?? 0) + 1, createdAt: now, createdByUserId: userId };
};

/** To decline what comes on top of an accepted version costs nothing: the work goes on as it was accepted. */
const withoutFee = ({ refusalFee: _fee, ...content }: QuoteContent): QuoteContent => content;

const freeFaults = (quote: Quote, { refusalFee }: QuoteContent, edit: ContentEdit): readonly FieldFault[] =>
  hasAccepted(quote) && 'refusalFee' in edit && (refusalFee?.amount ?? 0) > 0
    ? [{ path: 'refusalFee', message: 'is not charged once a version was accepted: the work goes on as it was accepted' }]
    : [];

/** Edits the draft; a quote whose newest version was sent gets a draft of the next one, with the same content and the changes. */
export const editQuote = (quote: Quote, { edit, rules, faults, now, userId }: Edit): QuoteDecision => {
  const merged = mergedContent(newestOf(quote), edit, quote.currency);
  // A fee that was cleared is the agreed one again: the repair would charge that.
  const content = hasAccepted(quote) ? withoutFee(merged) : compact({ ...merged, refusalFee: merged.refusalFee ?? rules.agreedFee });
  refuseFaults([...faults, ...freeFaults(quote, merged, edit), ...contentFaults(content, { ...rules, currency: quote.currency })]);
  const { quoteVersion, createdAt, createdByUserId } = versionToWrite(quote, now, userId);
  const version: QuoteVersion = compact({
    quoteVersion,
    status: 'DRAFT',
    ...priced(content, quote.currency),
    createdAt,
    createdByUserId,
    follows: followed(quote, now),
  });
  const earlier = quote.versions.filter((each) => each.quoteVersion !== quoteVersion);
  return unseen(quote, withDerived({ ...quote, versions: [...earlier, version] }));
};
