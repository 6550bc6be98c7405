import { langQuery } from '@riparo/shared/http/page';
import { action, create, get, put, type Route } from '@riparo/shared/http/route';
import type { Dependencies } from '../dependencies.js';
import { acceptQuote, answerBody, declineQuote } from './answering/answer-quote.js';
import { documentQuery, getFormPdf, getQuotePdf } from './document/get-document.js';
import { createQuote } from './draft/create-quote.js';
import { editQuote } from './draft/edit-quote.js';
import {
  acceptQuoteByLink,
  answerByLinkBody,
  declineQuoteByLink,
  getFormPdfByLink,
  getQuoteByLink,
  getQuotePdfByLink,
  quoteLinkParams,
} from './link/quote-link.js';
import { acceptOnPage, declineOnPage, getQuotePage, quotePageForm, quotePageParams } from './link/quote-page.js';
import { getQuote, listQuotes, listQuotesQuery } from './list-quotes.js';
import { QUOTE_OPERATIONS } from './quote.reference.js';
import { editedQuoteBody, newQuoteBody } from './quote.schema.js';
import { sendQuote } from './sending/send-quote.js';
import { withdrawBody, withdrawQuote } from './sending/withdraw-quote.js';

const writingRoutes = (deps: Dependencies): readonly Route[] => [
  create(
    '/quotes',
    'write:quotes',
    'Makes a draft of a quote for a repair or a ticket; one is in force at a time.',
    { body: newQuoteBody },
    createQuote(deps),
    QUOTE_OPERATIONS.createQuote,
  ),
  put(
    '/quotes/:id',
    'write:quotes',
    'Changes the draft; a quote that was sent gets a draft of its next version.',
    { body: editedQuoteBody },
    editQuote(deps),
    QUOTE_OPERATIONS.updateQuote,
  ),
  action(
    '/quotes/:id/send',
    'write:quotes',
    'Sends the draft to the customer; the version before it can no longer be accepted.',
    {},
    sendQuote(deps),
    QUOTE_OPERATIONS.sendQuote,
  ),
  action(
    '/quotes/:id/withdraw',
    'write:quotes',
    'Takes the newest version back, which has to be named: drops a draft, or withdraws what was sent.',
    { body: withdrawBody },
    withdrawQuote(deps),
    QUOTE_OPERATIONS.withdrawQuote,
  ),
];

const answeringRoutes = (deps: Dependencies): readonly Route[] => [
  action(
    '/quotes/:id/accept',
    'decide:quotes',
    'Accepts the newest sent version; the desk does so in the name of the customer at the counter.',
    { body: answerBody },
    acceptQuote(deps),
    QUOTE_OPERATIONS.acceptQuote,
  ),
  action(
    '/quotes/:id/decline',
    'decide:quotes',
    'Declines the newest sent version, as `accept` accepts it.',
    { body: answerBody },
    declineQuote(deps),
    QUOTE_OPERATIONS.declineQuote,
  ),
];

const readingRoutes = (deps: Dependencies): readonly Route[] => [
  get(
    '/quotes',
    'read:quotes',
    'Lists quotes: customers theirs once they were sent, technicians those of their work, the desk all.',
    { query: listQuotesQuery },
    listQuotes(deps),
    QUOTE_OPERATIONS.listQuotes,
  ),
  get(
    '/quotes/:id',
    'read:quotes',
    'Returns a quote with its lines and a summary of every version.',
    {},
    getQuote(deps),
    QUOTE_OPERATIONS.getQuote,
  ),
  get(
    '/quotes/:id/quote.pdf',
    'read:quotes',
    'Returns the PDF of a version exactly as it was sent; a draft is printed anew and marked as one.',
    { query: documentQuery },
    getQuotePdf(deps),
    QUOTE_OPERATIONS.getQuotePdf,
  ),
  get(
    '/quotes/:id/repair-information-form.pdf',
    'read:quotes',
    'Returns the European Repair Information Form that was given with a version.',
    { query: documentQuery },
    getFormPdf(deps),
    QUOTE_OPERATIONS.getRepairInformationForm,
  ),
];

const pageRoutes = (deps: Dependencies): readonly Route[] => [
  get(
    '/quote/:token',
    'public',
    'Shows the quote as a web page on which the customer can answer; mails link to it.',
    { params: quotePageParams, query: langQuery },
    getQuotePage(deps),
    { ...QUOTE_OPERATIONS.getQuotePage, page: true },
  ),
  action(
    '/quote/:token/accept',
    'public',
    'Takes the form of that page that accepts the quote.',
    { params: quotePageParams, query: langQuery, body: quotePageForm },
    acceptOnPage(deps),
    { ...QUOTE_OPERATIONS.acceptQuoteOnPage, page: true },
  ),
  action(
    '/quote/:token/decline',
    'public',
    'Takes the form of that page that declines the quote.',
    { params: quotePageParams, query: langQuery, body: quotePageForm },
    declineOnPage(deps),
    { ...QUOTE_OPERATIONS.declineQuoteOnPage, page: true },
  ),
];

const linkRoutes = (deps: Dependencies): readonly Route[] => [
  get(
    '/public/quotes/:token',
    'public',
    'Returns the version of a quote that the link in a mail is for.',
    { params: quoteLinkParams },
    getQuoteByLink(deps),
    QUOTE_OPERATIONS.getQuoteByLink,
  ),
  action(
    '/public/quotes/:token/accept',
    'public',
    'Accepts the quote without signing in, with the name that was typed.',
    { params: quoteLinkParams, body: answerByLinkBody },
    acceptQuoteByLink(deps),
    QUOTE_OPERATIONS.acceptQuoteByLink,
  ),
  action(
    '/public/quotes/:token/decline',
    'public',
    'Declines the quote without signing in.',
    { params: quoteLinkParams, body: answerByLinkBody },
    declineQuoteByLink(deps),
    QUOTE_OPERATIONS.declineQuoteByLink,
  ),
  get(
    '/public/quotes/:token/quote.pdf',
    'public',
    'Returns the PDF that the link in a mail is for, exactly as it was sent.',
    { params: quoteLinkParams },
    getQuotePdfByLink(deps),
    QUOTE_OPERATIONS.getQuotePdfByLink,
  ),
  get(
    '/public/quotes/:token/repair-information-form.pdf',
    'public',
    'Returns the European Repair Information Form that was given with the quote of the link.',
    { params: quoteLinkParams },
    getFormPdfByLink(deps),
    QUOTE_OPERATIONS.getRepairInformationFormByLink,
  ),
];

export const quoteRoutes = (deps: Dependencies): readonly Route[] => [
  ...writingRoutes(deps),
  ...answeringRoutes(deps),
  ...readingRoutes(deps),
  ...linkRoutes(deps),
  ...pageRoutes(deps),
];
