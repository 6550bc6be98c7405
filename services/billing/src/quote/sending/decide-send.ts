import { QuoteSent } from '@riparo/shared/contracts/quotes.events';
import type { LimitClass } from '@riparo/shared/http/reference/limit-class';
import { HOUR_MS } from '@riparo/shared/time/units';
import type { Language } from '@riparo/shared/time/write-time';
import { dayAfter, endOfDay, type Centre } from '../../centre.js';
import { followed } from '../draft/decide-draft.js';
import { quoteBinding, quoteEndsTooSoon, quoteIncomplete, quoteNotADraft, quoteOvertaken, quoteSentTooOften } from '../quote.errors.js';
import {
  draftOf,
  newestOf,
  newestSentOf,
  published,
  withVersion,
  type KeptDocument,
  type Quote,
  type QuoteContent,
  type QuoteDecision,
  type QuoteVersion,
  type SentVersion,
} from '../quote.js';

/** Days that a quote is valid unless it says otherwise, and that one with the European form is valid at least (Directive (EU) 2024/1799, Article 4). */
export const VALID_DAYS = 30;
/** Every sending is a mail. */
const MOST_AN_HOUR = 5;
export const SENDING_LIMIT: LimitClass = {
  name: 'sendings',
  code: 'QUOTE_SENT_TOO_OFTEN',
  about: `Quotes for one repair or ticket are sent ${MOST_AN_HOUR} times an hour at most.`,
};

const isBlank = (text = ''): boolean => text.trim() === '';

/** Name and address of the repairer stand on the European form. Those of a new centre may not have arrived here yet. */
const missingOfCentre = ({ companyName, address }: Centre): readonly string[] => [
  ...(isBlank(companyName) ? ['settings.companyName'] : []),
  ...(isBlank(address) ? ['settings.address'] : []),
];

const FORM = ['finding', 'timeNeeded', 'timeNeededFrom', 'replacementDevice', 'handoverPlace'] as const;

/** Fields without which it cannot be sent. The European form tells which repair is proposed: the lines of work and parts. */
const missingOf = ({ lines, giveEuropeanForm, ...content }: QuoteContent, centre: Centre): readonly string[] => {
  if (!giveEuropeanForm) return lines.length === 0 ? ['lines'] : [];
  const hasRepair = lines.some(({ kind }) => kind === 'LABOUR' || kind === 'PART');
  return [
    ...(hasRepair ? [] : ['lines']),
    ...FORM.filter((field) => content[field] === undefined),
    ...(content.maximum !== undefined && content.calculationMethod === undefined ? ['calculationMethod'] : []),
    ...missingOfCentre(centre),
  ];
};

const lastDay = ({ validUntil, giveEuropeanForm }: QuoteContent, now: Date, centre: Centre): string => {
  const usual = dayAfter(now, centre, VALID_DAYS);
  const earliest = giveEuropeanForm ? usual : dayAfter(now, centre);
  if (validUntil !== undefined && validUntil < earliest) throw quoteEndsTooSoon(earliest);
  return validUntil ?? usual;
};

const refuseTooMany = (sendings: readonly Date[], now: Date): void => {
  const recent = sendings
    .map((at) => at.getTime() + HOUR_MS)
    .filter((free) => free > now.getTime())
    .toSorted((one, other) => one - other);
  const [first] = recent.slice(-MOST_AN_HOUR);
  if (recent.length >= MOST_AN_HOUR && first !== undefined)
    throw quoteSentTooOften(MOST_AN_HOUR, Math.ceil((first - now.getTime()) / 1000));
};

/** The end of the time for which the version before binds the centre; the customer may end it sooner by declining. */
export const boundUntil = (version: QuoteVersion | undefined, now: Date): Date | undefined => {
  const until = version?.status === 'SENT' ? version.sending?.boundUntil : undefined;
  return until !== undefined && until > now ? until : undefined;
};

export interface SendingPlan {
  /** The draft as it will be sent, for the printer. */
  readonly version: QuoteVersion & { readonly validUntil: string };
  readonly expiresAt: Date;
  readonly boundUntil?: Date;
}

export interface SendingRules {
  readonly now: Date;
  readonly centre: Centre;
  /** When quotes for the same work were sent within the last hour, this one included. */
  readonly sendings: readonly Date[];
}

/** What is to be printed; `undefined` where the newest version was sent already, so that a repeated request does no harm. */
export const planSending = (quote: Quote, { now, centre, sendings }: SendingRules): SendingPlan | undefined => {
  const draft = draftOf(quote);
  if (draft === undefined) {
    if (quote.status === 'SENT') return undefined;
    throw quoteNotADraft(newestOf(quote).status);
  }
  const missing = missingOf(draft, centre);
  if (missing.length > 0) throw quoteIncomplete(missing);
  const before = followed(quote, now);
  if (before?.status !== draft.follows?.status && before !== undefined) throw quoteOvertaken(before.quoteVersion, before.status);
  const bound = boundUntil(newestSentOf(quote), now);
  if (bound !== undefined) throw quoteBinding(bound);
  refuseTooMany(sendings, now);
  const validUntil = lastDay(draft, now, centre);
  const expiresAt = endOfDay(validUntil, centre);
  // The form says that its conditions hold until that day.
  return { version: { ...draft, validUntil }, expiresAt, ...(draft.giveEuropeanForm ? { boundUntil: expiresAt } : {}) };
};

export interface Printed {
  readonly language: Language;
  readonly document: KeptDocument;
  readonly form?: KeptDocument;
}

/** Sends what was printed. The version before it, if it was still open, is withdrawn: no event of its own tells that. */
export const send = (
  quote: Quote,
  { version: planned, ...until }: SendingPlan,
  printed: Printed,
  { now, userId }: { now: Date; userId: string },
): QuoteDecision => {
  const { follows: _follows, ...draft } = planned;
  const sending = { at: now, byUserId: userId, ...printed, ...until, remindedHours: 0 };
  const version: SentVersion = { ...draft, status: 'SENT', sending };
  const before = newestSentOf(quote);
  const replaced = before?.status === 'SENT' ? withVersion(quote, { ...before, status: 'WITHDRAWN' }) : quote;
  const state = withVersion(replaced, version);
  return { state, events: [QuoteSent.with({ quote: published(state, version), at: now.toISOString(), actorUserId: userId })] };
};
