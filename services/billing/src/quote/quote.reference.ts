import { bytes, one, pageOf, type OtherAnswer } from '@riparo/shared/http/reference/answer';
import { joinProblems, STALE, type Problems } from '@riparo/shared/http/reference/problems';
import { operations, type Tag } from '@riparo/shared/http/route';
import { listedQuoteAnswer, publicQuoteAnswer, quoteAnswer } from './quote.answer.js';

const QUOTES: Tag = { name: 'Quotes', about: 'What a repair or ticket will cost, and what the customer says to that.' };

const WORK: Problems = { 404: ['REPAIR_NOT_FOUND', 'TICKET_NOT_FOUND'], 409: ['REPAIR_WORK_ENDED', 'TICKET_WORK_ENDED'] };
const ENDED: Problems = { 409: ['REPAIR_WORK_ENDED', 'TICKET_WORK_ENDED'] };
const IN_FORCE: Problems = { 409: ['QUOTE_IN_FORCE'] };
const SENDING: Problems = {
  409: ['QUOTE_NOT_A_DRAFT', 'QUOTE_INCOMPLETE', 'QUOTE_ENDS_TOO_SOON', 'QUOTE_OVERTAKEN', 'QUOTE_BINDING'],
  429: ['QUOTE_SENT_TOO_OFTEN'],
};
const ANSWERING: Problems = {
  409: ['QUOTE_NOT_SENT', 'QUOTE_VERSION_NOT_CURRENT', 'QUOTE_ALREADY_DECIDED', 'QUOTE_EXPIRED', 'QUOTE_WITHDRAWN'],
};
const VERSION: Problems = { 404: ['QUOTE_VERSION_NOT_FOUND'] };
const FORM: Problems = { 404: ['REPAIR_INFORMATION_FORM_NOT_FOUND'] };
const LINK: Problems = { 422: ['LINK_NOT_VALID'] };
const ANSWERING_BY_LINK = joinProblems(ANSWERING, ENDED, LINK);

const quote = { answer: one(quoteAnswer) };
const publicQuote = { answer: one(publicQuoteAnswer) };
const pdf = { answer: bytes(['application/pdf']) };

const PAGE = bytes(['text/html']);
const inWords = (about: string): OtherAnswer => ({ about, answer: PAGE });
const INVALID = { 422: inWords('The link is not valid or has expired: the page says so.') };
const ANSWERED = {
  409: inWords('The answer came too late, or another one was given: the page says which.'),
  422: inWords('The link is not valid, or the name is missing: the page says which.'),
  503: inWords('The answer could not be kept just now: the page asks to try again.'),
};

export const QUOTE_OPERATIONS = operations(QUOTES, {
  listQuotes: { answer: pageOf(listedQuoteAnswer) },
  createQuote: { ...quote, problems: joinProblems(WORK, IN_FORCE) },
  getQuote: quote,
  updateQuote: { ...quote, problems: joinProblems(WORK, IN_FORCE, { 409: ['QUOTE_VERSIONS_FULL'] }) },
  sendQuote: { ...quote, problems: joinProblems(WORK, SENDING, STALE) },
  acceptQuote: { ...quote, problems: joinProblems(ANSWERING, ENDED, STALE) },
  declineQuote: { ...quote, problems: joinProblems(ANSWERING, ENDED, STALE) },
  withdrawQuote: { ...quote, problems: joinProblems({ 409: ['QUOTE_NOT_WITHDRAWABLE', 'QUOTE_BINDING'] }, STALE) },
  getQuotePdf: { ...pdf, problems: VERSION },
  getRepairInformationForm: { ...pdf, problems: joinProblems(VERSION, FORM) },
  getQuoteByLink: { ...publicQuote, problems: LINK },
  acceptQuoteByLink: { ...publicQuote, problems: ANSWERING_BY_LINK },
  declineQuoteByLink: { ...publicQuote, problems: ANSWERING_BY_LINK },
  getQuotePdfByLink: { ...pdf, problems: LINK },
  getQuotePage: { answer: PAGE, others: INVALID },
  acceptQuoteOnPage: { answer: PAGE, others: ANSWERED },
  declineQuoteOnPage: { answer: PAGE, others: ANSWERED },
});
