import { REPAIR_STATUSES, TICKET_STATUSES } from '@riparo/shared/contracts/enums';
import { QUOTE_STATUSES } from '@riparo/shared/contracts/quotes.events';
import { bytes, fields, listOf, one, pageOf, type OtherAnswer } from '@riparo/shared/http/reference/answer';
import { calendarDay, count, id, moment, oneOf, text } from '@riparo/shared/http/reference/answer-fields';
import { joinProblems, STALE, type ProblemMembers, type Problems } from '@riparo/shared/http/reference/problems';
import { operations, type Tag } from '@riparo/shared/http/route';
import { SENDING_LIMIT } from './sending/decide-send.js';
import { listedQuoteAnswer, publicQuoteAnswer, quoteAnswer } from './quote.answer.js';

const QUOTES: Tag = { name: 'Quotes', about: 'What a repair or ticket will cost, and what the customer says to that.' };

const WORK: Problems = { 404: ['REPAIR_NOT_FOUND', 'TICKET_NOT_FOUND'], 409: ['REPAIR_WORK_ENDED', 'TICKET_WORK_ENDED'] };
const ENDED: Problems = { 409: ['REPAIR_WORK_ENDED', 'TICKET_WORK_ENDED'] };
const IN_FORCE: Problems = { 409: ['QUOTE_IN_FORCE'] };
const SENDING: Problems = {
  409: ['QUOTE_NOT_A_DRAFT', 'QUOTE_INCOMPLETE', 'QUOTE_ENDS_TOO_SOON', 'QUOTE_OVERTAKEN', 'QUOTE_BINDING'],
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

const current = oneOf(QUOTE_STATUSES);
const MEMBERS: ProblemMembers = {
  QUOTE_IN_FORCE: fields({ quoteId: id().optional(), number: text().optional(), current: current.optional() }),
  QUOTE_VERSIONS_FULL: fields({
    acceptedVersion: count()
      .optional()
      .description('The newest version that was accepted: it holds, and no other quote is made for the work.'),
  }),
  QUOTE_NOT_A_DRAFT: fields({ current }),
  QUOTE_INCOMPLETE: fields({
    missing: listOf(text()).description(
      'What is needed to send it: fields of the quote (`lines` for a form also where no line is of work or a part), `settings.companyName`, `settings.address`.',
    ),
  }),
  QUOTE_ENDS_TOO_SOON: fields({ earliest: calendarDay().description('The first day that may be its last.') }),
  QUOTE_OVERTAKEN: fields({ quoteVersion: count(), current }),
  QUOTE_BINDING: fields({ boundUntil: moment() }),
  QUOTE_NOT_WITHDRAWABLE: fields({ current }),
  QUOTE_VERSION_NOT_CURRENT: fields({ currentVersion: count() }),
  QUOTE_ALREADY_DECIDED: fields({ current }),
  QUOTE_EXPIRED: fields({ validUntil: calendarDay() }),
  REPAIR_WORK_ENDED: fields({ current: oneOf(REPAIR_STATUSES) }),
  TICKET_WORK_ENDED: fields({ current: oneOf(TICKET_STATUSES) }),
};

export const QUOTE_OPERATIONS = operations(
  QUOTES,
  {
    listQuotes: { answer: pageOf(listedQuoteAnswer) },
    createQuote: { ...quote, problems: joinProblems(WORK, IN_FORCE) },
    getQuote: quote,
    updateQuote: { ...quote, problems: joinProblems(WORK, IN_FORCE, { 409: ['QUOTE_VERSIONS_FULL'] }) },
    sendQuote: { ...quote, problems: joinProblems(WORK, SENDING, STALE), limits: [SENDING_LIMIT] },
    acceptQuote: { ...quote, problems: joinProblems(ANSWERING, ENDED, STALE) },
    declineQuote: { ...quote, problems: joinProblems(ANSWERING, ENDED, STALE) },
    withdrawQuote: {
      ...quote,
      problems: joinProblems({ 409: ['QUOTE_VERSION_NOT_CURRENT', 'QUOTE_NOT_WITHDRAWABLE', 'QUOTE_BINDING'] }, STALE),
    },
    getQuotePdf: { ...pdf, problems: VERSION },
    getRepairInformationForm: { ...pdf, problems: joinProblems(VERSION, FORM) },
    getQuoteByLink: { ...publicQuote, problems: LINK },
    acceptQuoteByLink: { ...publicQuote, problems: ANSWERING_BY_LINK },
    declineQuoteByLink: { ...publicQuote, problems: ANSWERING_BY_LINK },
    getQuotePdfByLink: { ...pdf, problems: LINK },
    getRepairInformationFormByLink: { ...pdf, problems: joinProblems(FORM, LINK) },
    getQuotePage: { answer: PAGE, others: INVALID },
    acceptQuoteOnPage: { answer: PAGE, others: ANSWERED },
    declineQuoteOnPage: { answer: PAGE, others: ANSWERED },
  },
  MEMBERS,
);
