import Joi from 'joi';
import { defineEvent } from './event.js';
import { day, id, instant, text } from './fragments.js';
import type { Money } from './money.js';
import { eventLine, eventMoney, type PriceLine } from './price-lines.js';

/** A version of a quote. DRAFT: not sent yet. WITHDRAWN: the centre took it back, or a newer version replaced it. */
export const QUOTE_STATUSES = ['DRAFT', 'SENT', 'ACCEPTED', 'DECLINED', 'EXPIRED', 'WITHDRAWN'] as const;
export type QuoteStatus = (typeof QUOTE_STATUSES)[number];

/** How a customer decided: signed in, by the link of the mail, or at the counter in the customer's name. */
export const QUOTE_DECIDERS = ['CUSTOMER_USER', 'LINK', 'COUNTER'] as const;
export type QuoteDecider = (typeof QUOTE_DECIDERS)[number];

/** A version that the customer got, and what has become of it. */
export interface SentQuoteVersion {
  readonly quoteVersion: number;
  readonly status: QuoteStatus;
  readonly total: Money;
  readonly sentAt: string;
  readonly decidedAt?: string;
}

/** A quote as the other services know it: the version that the event is about. */
export interface PublishedQuote {
  readonly id: string;
  /** `QUO-2026-000001`. */
  readonly number: string;
  /** Which version of the quote, from 1. It is not the version of the aggregate. */
  readonly quoteVersion: number;
  /** `quoteVersion` of the version that the customer got before this one, where there was one. */
  readonly replaces?: number;
  /** All versions that the customer got before this one, the oldest first. Missing: this is the first. */
  readonly earlier?: readonly SentQuoteVersion[];
  /** What it is for: a repair or a ticket. */
  readonly repairId?: string;
  readonly ticketId?: string;
  readonly customerId: string;
  /** The person of the customer whom mails go to. Missing: mails go to the customer's contact address. */
  readonly contactUserId?: string;
  /** Who made it. */
  readonly createdByUserId: string;
  /** Brand and model of the device, for mails. */
  readonly device?: string;
  /** Number of the repair or of the ticket. */
  readonly subjectNumber: string;
  readonly lines: readonly PriceLine[];
  readonly net: Money;
  readonly vat: Money;
  readonly total: Money;
  /** The most that may be charged, VAT included, where the total is an estimate. */
  readonly maximum?: Money;
  /** What the customer pays when the quote is declined, VAT included: at most what was agreed at the intake. */
  readonly refusalFee?: Money;
  /** The last day on which it can be accepted, in the centre's time zone. */
  readonly validUntil: string;
  readonly status: QuoteStatus;
  readonly sentAt: string;
  readonly decidedAt?: string;
  readonly decidedBy?: QuoteDecider;
  /** What the customer wrote when deciding. */
  readonly comment?: string;
  /** True: it is EXPIRED because the work ended before there was an answer. Nobody needs to be told. */
  readonly workEnded?: boolean;
}

const earlier = Joi.object<SentQuoteVersion>({
  quoteVersion: Joi.number().integer().required(),
  status: Joi.valid(...QUOTE_STATUSES).required(),
  total: eventMoney.required(),
  sentAt: instant.required(),
  decidedAt: instant,
}).unknown(true);

const quote = Joi.object<PublishedQuote>({
  id: id.required(),
  number: text.required(),
  quoteVersion: Joi.number().integer().required(),
  replaces: Joi.number().integer(),
  earlier: Joi.array().items(earlier),
  repairId: id,
  ticketId: id,
  customerId: id.required(),
  contactUserId: id,
  createdByUserId: id.required(),
  device: text,
  subjectNumber: text.required(),
  lines: Joi.array().items(eventLine).required(),
  net: eventMoney.required(),
  vat: eventMoney.required(),
  total: eventMoney.required(),
  maximum: eventMoney,
  refusalFee: eventMoney,
  validUntil: day.required(),
  status: Joi.valid(...QUOTE_STATUSES).required(),
  sentAt: instant.required(),
  decidedAt: instant,
  decidedBy: Joi.valid(...QUOTE_DECIDERS),
  comment: text,
  workEnded: Joi.boolean(),
}).unknown(true);

/** Every quote event carries the version it is about, the time of the change, and who made it (`undefined`: the system, or whoever had the link). */
export interface QuoteEventV1 {
  readonly quote: PublishedQuote;
  readonly at: string;
  readonly actorUserId?: string;
}
const plain = Joi.object<QuoteEventV1>({ quote: quote.required(), at: instant.required(), actorUserId: id });

const quoteEvent = (name: string, description: string) => defineEvent<QuoteEventV1>(`riparo.billing.quote-${name}.v1`, description, plain);

export const QuoteSent = quoteEvent('sent', 'A version of a quote went to the customer; the repair waits for the answer.');
export const QuoteReminderDue = quoteEvent('reminder-due', 'The customer has not answered for 24 or for 72 hours.');
export const QuoteAccepted = quoteEvent('accepted', 'The customer accepted it.');
export const QuoteDeclined = quoteEvent('declined', 'The customer declined it.');
export const QuoteExpired = quoteEvent('expired', 'Nobody answered until `validUntil`, or until the work ended (`workEnded`).');
export const QuoteWithdrawn = quoteEvent('withdrawn', 'The centre took it back.');
