import type { PartEventV1 } from '@riparo/shared/contracts/parts.events';
import type { PublishedQuote, QuoteEventV1 } from '@riparo/shared/contracts/quotes.events';
import { compact } from '@riparo/shared/json/compact';
import type { TemplateKey } from '../template/template.js';
import type { Target } from './notification.js';
import type { Notice, NoticesOf } from './ticket-notices.js';

type Data = Readonly<Record<string, unknown>>;

const dataOf = (quote: PublishedQuote): Data => {
  const { number, replaces, ticketId, subjectNumber, device, total, maximum, validUntil, customerId, comment } = quote;
  return compact({
    number,
    newer: replaces === undefined ? undefined : true,
    forTicket: ticketId === undefined ? undefined : true,
    workNumber: subjectNumber,
    about: device ?? subjectNumber,
    total,
    maximum,
    validUntil,
    customerId,
    comment,
  });
};

/** With the link that accepts or declines: whoever has no login needs it, and nobody has to sign in for it. */
const toCustomer = (quote: PublishedQuote, template: TemplateKey, except?: string): Notice => {
  const { id: quoteId, quoteVersion, customerId, contactUserId } = quote;
  return {
    purpose: 'customer',
    template,
    targets: [compact({ kind: 'customer' as const, customerId, authorUserId: contactUserId, exceptUserId: except })],
    data: { ...dataOf(quote), quoteId, quoteVersion },
  };
};

/** To whoever made the quote; the desk stands in for somebody who cannot act any more. */
const makerOf = ({ createdByUserId }: PublishedQuote): Target => ({ kind: 'desk', standsInFor: createdByUserId });

const toMaker = (quote: PublishedQuote, template: TemplateKey, actorUserId: string | undefined, more: Data = {}): readonly Notice[] =>
  quote.createdByUserId === actorUserId
    ? []
    : [{ purpose: 'staff', template, targets: [makerOf(quote)], data: { ...dataOf(quote), path: `/quotes/${quote.id}`, ...more } }];

export const notifyQuoteSent: NoticesOf<QuoteEventV1> = ({ data: { quote } }) => [toCustomer(quote, 'quote-sent')];

export const notifyQuoteReminder: NoticesOf<QuoteEventV1> = ({ data: { quote } }) => [toCustomer(quote, 'quote-reminder')];

export const notifyQuoteAccepted: NoticesOf<QuoteEventV1> = ({ data: { quote, actorUserId } }) => [
  toCustomer(quote, 'quote-accepted'),
  ...toMaker(quote, 'quote-decided-staff', actorUserId, { accepted: true }),
];

/** The customer hears of it from the repair, which is refused, with what is to be paid. */
export const notifyQuoteDeclined: NoticesOf<QuoteEventV1> = ({ data: { quote, actorUserId } }) =>
  toMaker(quote, 'quote-decided-staff', actorUserId);

/** A quote that ended with its work has nobody to tell: the repair or ticket has told how that ended. */
export const notifyQuoteExpired: NoticesOf<QuoteEventV1> = ({ data: { quote } }) =>
  quote.workEnded === true ? [] : [toCustomer(quote, 'quote-expired'), ...toMaker(quote, 'quote-expired-staff', undefined)];

export const notifyQuoteWithdrawn: NoticesOf<QuoteEventV1> = ({ data: { quote } }) => [toCustomer(quote, 'quote-withdrawn')];

export const notifyLowStock: NoticesOf<PartEventV1> = ({ data: { part } }) => [
  {
    purpose: 'desk',
    template: 'part-low-on-stock',
    targets: [{ kind: 'desk' }],
    data: compact({
      part: part.name,
      sku: part.sku,
      available: part.available,
      minimumStock: part.minimumStock,
      path: `/parts/${part.id}`,
    }),
  },
];
