import { isDeepStrictEqual } from 'node:util';
import type { Money } from '@riparo/shared/contracts/money';
import { totalsOf, type PriceLine, type Totals } from '@riparo/shared/contracts/price-lines';
import type { PublishedQuote, QuoteDecider, QuoteStatus, SentQuoteVersion } from '@riparo/shared/contracts/quotes.events';
import { compact } from '@riparo/shared/json/compact';
import type { Decision, Draft, Entity } from '@riparo/shared/persistence/repository';
import type { Language } from '@riparo/shared/time/write-time';
import type { Work } from '../work/work.js';

export interface QuoteLine extends PriceLine {
  /** A FEE for removal, installation, transport: the European form lists these by themselves. */
  readonly ancillary?: boolean;
}

/** From when the time counts that the work needs. */
export const TIME_NEEDED_FROM = ['ACCEPTANCE', 'PARTS_ARRIVED', 'HANDOVER'] as const;
export const PARTS_CONDITIONS = ['NEW', 'REFURBISHED', 'USED', 'MIXED'] as const;

/** What the desk or the technician writes; a version that was sent keeps it for ever. */
export interface QuoteContent {
  readonly lines: readonly QuoteLine[];
  /** The most that may be charged, VAT included, where the total is an estimate. */
  readonly maximum?: Money;
  /** How the price is calculated, where the total is an estimate. */
  readonly calculationMethod?: string;
  /** The defect in the technician's words. */
  readonly finding?: string;
  readonly timeNeeded?: string;
  readonly timeNeededFrom?: (typeof TIME_NEEDED_FROM)[number];
  readonly replacementDevice?: { readonly offered: boolean; readonly cost?: Money };
  readonly handoverPlace?: string;
  readonly partsCondition?: (typeof PARTS_CONDITIONS)[number];
  readonly note?: string;
  readonly depositRequired?: Money;
  /** What declining costs, VAT included: at most what was agreed at the intake, and nothing once a version was accepted. */
  readonly refusalFee?: Money;
  /** The last day on which it can be accepted. A draft without one gets it when it is sent. */
  readonly validUntil?: string;
  readonly giveEuropeanForm: boolean;
}

/** The bytes that the customer got: where they lie, and their SHA-256 in hexadecimal digits. */
export interface KeptDocument {
  readonly fileId: string;
  readonly sha256: string;
}

export interface Sending {
  readonly at: Date;
  readonly byUserId: string;
  readonly language: Language;
  readonly document: KeptDocument;
  /** The European form, where it was given. */
  readonly form?: KeptDocument;
  /** The end of `validUntil` in the time zone that the centre had then. */
  readonly expiresAt: Date;
  /** The centre is bound until then, because it gave the European form. */
  readonly boundUntil?: Date;
  /** Hours after which the last reminder was due; 0: none was given. */
  readonly remindedHours: number;
}

export interface QuoteAnswer {
  readonly by: QuoteDecider;
  readonly name: string;
  readonly at: Date;
  readonly ip: string;
  readonly documentHash: string;
  /** Of the European form, where it was given. */
  readonly formHash?: string;
  readonly comment?: string;
  readonly userId?: string;
}

/** WORK_ENDED: the repair or ticket ended before there was an answer. */
export const EXPIRY_REASONS = ['WORK_ENDED'] as const;

export interface QuoteVersion extends QuoteContent, Omit<Totals, 'vatGroups'> {
  /** From 1. */
  readonly quoteVersion: number;
  readonly status: QuoteStatus;
  /** Why it is EXPIRED, where it is not for its last day. */
  readonly reason?: (typeof EXPIRY_REASONS)[number];
  readonly vatGroups: Totals['vatGroups'];
  readonly createdAt: Date;
  readonly createdByUserId: string;
  /** Of a draft: the version before it, and what that was when the draft was last written. */
  readonly follows?: { readonly quoteVersion: number; readonly status: QuoteStatus };
  readonly sending?: Sending;
  readonly decision?: QuoteAnswer;
}

/** What lists show of a version. It is kept apart, so that a list reads no lines. */
export type VersionSummary = Pick<
  QuoteVersion,
  'quoteVersion' | 'status' | 'reason' | 'net' | 'vat' | 'total' | 'validUntil' | 'sending' | 'decision'
>;

export interface SentVersion extends QuoteVersion {
  readonly sending: Sending;
  readonly validUntil: string;
}

/** One quote with all its versions. All of them have the same customer, work and currency. */
export interface Quote extends Entity {
  /** `QUO-2026-000001`. */
  readonly number: string;
  readonly repairId?: string;
  readonly ticketId?: string;
  readonly subjectNumber: string;
  readonly problem: string;
  readonly device?: NonNullable<Work['device']>;
  readonly customerId: string;
  readonly contactUserId?: string;
  readonly currency: string;
  /** The refusal fee of the intake, where one was agreed. */
  readonly agreedFee?: Money;
  /** Whoever has the repair or ticket. */
  readonly assignedToUserId?: string;
  /** The oldest first. At most the last one is a draft. */
  readonly versions: readonly QuoteVersion[];
  /** Status of the newest version. */
  readonly status: QuoteStatus;
  /** Status of the newest version that was sent: what customers see. */
  readonly sentStatus?: QuoteStatus;
  /** Of the newest version, and of the newest one that was sent. */
  readonly newestSummary: VersionSummary;
  readonly sentSummary?: VersionSummary;
  /** The repair or ticket that no other quote can be made for now. */
  readonly inForceFor?: string;
  /** When the clock has something to do: a reminder, or the end. */
  readonly clockAt?: Date;
  /** When its versions were sent: every sending is a mail, and they are counted over all quotes of the work. */
  readonly sendingTimes: readonly Date[];
  /** The newest draft that was dropped. Its number is not given again, so that a repeated request drops no other draft. */
  readonly droppedVersion?: number;
}

export type QuoteDecision = Decision<Quote>;
type Derived = 'status' | 'sentStatus' | 'inForceFor' | 'clockAt' | 'sendingTimes' | 'newestSummary' | 'sentSummary';
type Underived = Omit<Draft<Quote>, Derived>;

/** Hours without an answer after which the customer is reminded. */
export const REMINDER_HOURS = [24, 72] as const;
const HOUR = 3_600_000;

const isSent = (version: QuoteVersion): version is SentVersion => version.sending !== undefined;

export const newestOf = ({ versions }: Pick<Quote, 'versions'>): QuoteVersion => versions.at(-1) as QuoteVersion;
export const newestSentOf = ({ versions }: Pick<Quote, 'versions'>): SentVersion | undefined => versions.findLast(isSent);
export const draftOf = (quote: Pick<Quote, 'versions'>): QuoteVersion | undefined =>
  newestOf(quote).status === 'DRAFT' ? newestOf(quote) : undefined;

/** The status as of now: the end may have come before the job that writes it. */
export const statusAt = ({ status, sending }: Pick<QuoteVersion, 'status' | 'sending'>, now: Date): QuoteStatus =>
  status === 'SENT' && sending !== undefined && sending.expiresAt <= now ? 'EXPIRED' : status;

const clockAtOf = (sent: SentVersion | undefined): Date | undefined => {
  if (sent?.status !== 'SENT') return undefined;
  const { at, remindedHours, expiresAt } = sent.sending;
  const next = REMINDER_HOURS.find((hours) => hours > remindedHours);
  const reminder = next === undefined ? expiresAt : new Date(at.getTime() + next * HOUR);
  return reminder < expiresAt ? reminder : expiresAt;
};

/** What was accepted holds, whatever becomes of later versions. */
export const acceptedOf = ({ versions }: Pick<Quote, 'versions'>): QuoteVersion | undefined =>
  versions.findLast(({ status }) => status === 'ACCEPTED');
export const hasAccepted = (quote: Pick<Quote, 'versions'>): boolean => acceptedOf(quote) !== undefined;

const IN_FORCE: readonly QuoteStatus[] = ['DRAFT', 'SENT', 'ACCEPTED'];

const summaryOf = (version: QuoteVersion): VersionSummary => {
  const { quoteVersion, status, reason, net, vat, total, validUntil, sending, decision } = version;
  return compact({ quoteVersion, status, reason, net, vat, total, validUntil, sending, decision });
};

/** The fields that follow from the versions. */
export const withDerived = <Q extends Underived>(quote: Q): Q & Pick<Quote, Derived> => {
  const [newest, sent] = [newestOf(quote), newestSentOf(quote)];
  const { status } = newest;
  const sendingTimes = quote.versions.flatMap(({ sending }) => (sending === undefined ? [] : [sending.at]));
  const holds = IN_FORCE.includes(status) || hasAccepted(quote);
  const inForceFor = holds ? (quote.repairId ?? quote.ticketId) : undefined;
  const summaries = { newestSummary: summaryOf(newest), sentSummary: sent && summaryOf(sent) };
  return compact({ ...quote, status, sentStatus: sent?.status, ...summaries, inForceFor, clockAt: clockAtOf(sent), sendingTimes });
};

/** The quote with one version replaced. */
export const withVersion = (quote: Quote, version: QuoteVersion): Quote =>
  withDerived({ ...quote, versions: quote.versions.map((each) => (each.quoteVersion === version.quoteVersion ? version : each)) });

/** A change that customers do not see, once they see the quote at all. */
export const unseen = (before: Quote, after: Quote): QuoteDecision => {
  if (isDeepStrictEqual(before, after)) return { state: before };
  return { state: after, ...(newestSentOf(before) === undefined ? {} : { unseen: true }) };
};

export const assign = (quote: Quote, assignedToUserId: string | undefined): QuoteDecision =>
  unseen(quote, compact({ ...quote, assignedToUserId }));

/** Content with the sums under it. */
export const priced = (content: QuoteContent, currency: string): QuoteContent & Totals =>
  compact({ ...content, ...totalsOf(content.lines, currency) });

const plainLine = ({ ancillary: _ancillary, ...line }: QuoteLine): PriceLine => line;

const earlier = ({ quoteVersion, status, total, sending, decision }: SentVersion): SentQuoteVersion =>
  compact({ quoteVersion, status, total, sentAt: sending.at.toISOString(), decidedAt: decision?.at.toISOString() });

/** The version as events carry it. */
export const published = (quote: Quote, version: SentVersion): PublishedQuote => {
  const { id, number, repairId, ticketId, customerId, contactUserId, device, subjectNumber } = quote;
  const { quoteVersion, createdByUserId, lines, net, vat, total, maximum, refusalFee, validUntil, status, sending, decision } = version;
  const before = quote.versions.filter(isSent).filter((each) => each.quoteVersion < quoteVersion);
  return compact({
    id,
    number,
    quoteVersion,
    replaces: before.at(-1)?.quoteVersion,
    earlier: before.length === 0 ? undefined : before.map(earlier),
    repairId,
    ticketId,
    customerId,
    contactUserId,
    createdByUserId,
    device: device && `${device.brand} ${device.model}`,
    subjectNumber,
    lines: lines.map(plainLine),
    net,
    vat,
    total,
    maximum,
    refusalFee,
    validUntil,
    status,
    sentAt: sending.at.toISOString(),
    decidedAt: decision?.at.toISOString(),
    decidedBy: decision?.by,
    comment: decision?.comment,
    workEnded: version.reason === 'WORK_ENDED' ? true : undefined,
  });
};
