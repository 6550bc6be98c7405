import { lineNet } from '@riparo/shared/contracts/price-lines';
import { API_PREFIX } from '@riparo/shared/http/path';
import { brandOf } from '@riparo/shared/pages/brand';
import { openPage } from '@riparo/shared/pages/layout';
import { nameField, paragraph, rows } from '@riparo/shared/pages/parts';
import { WORDED_DAY, writeDay, writeTime, type Language } from '@riparo/shared/time/write-time';
import escapeHtml from 'escape-html';
import type { Centre } from '../../centre.js';
import { timeText } from '../document/describe-quote.js';
import { paperWords } from '../document/words.js';
import { writeAmount, writeRate } from '../document/write-amount.js';
import type { PageWords } from './page-words.js';
import type { PublicQuote } from './quote-link.js';

/** What a page is made from. */
export interface PageContent {
  readonly words: PageWords;
  readonly language: Language;
  readonly centre: Centre;
  readonly token: string;
  readonly quote: PublicQuote;
  /** The refusal fee is the one of the intake. */
  readonly feeWasAgreed: boolean;
  /** What went wrong with an answer. */
  readonly fault?: string;
  /** What was typed, so that nobody types it twice. */
  readonly typed: { readonly name: string; readonly comment: string };
}

const text = escapeHtml;

const addressOf = (token: string): string => `/quote/${encodeURIComponent(token)}`;

const linesTable = ({ quote, language }: PageContent): string => {
  const paper = paperWords(language);
  const lines = quote.lines.map((line) => {
    const amount = { ...line.unitPrice, amount: lineNet(line) };
    const detail = `${line.quantity} × ${writeAmount(line.unitPrice, language)}, ${paper.vatRate} ${writeRate(line.vatRate, language)}`;
    return `<tr><td><span dir="auto">${text(line.description)}</span><small>${text(detail)}</small></td><td>${text(writeAmount(amount, language))}</td></tr>`;
  });
  const sums = [
    [paper.net, quote.net] as const,
    ...quote.vatGroups.map(({ vatRate, vat }) => [`${paper.vatOn} ${writeRate(vatRate, language)}`, vat] as const),
    [paper.total, quote.total] as const,
  ].map(([label, money]) => `<tr><th scope="row">${text(label)}</th><td>${text(writeAmount(money, language))}</td></tr>`);
  return `<table><tbody>${lines.join('')}</tbody><tfoot>${sums.join('')}</tfoot></table>`;
};

const conditions = ({ quote, language }: PageContent): string => {
  const paper = paperWords(language);
  const amount = (money: PublicQuote['maximum']): string | undefined => money && writeAmount(money, language);
  return rows([
    [paper.maximum, amount(quote.maximum)],
    [paper.calculationMethod, quote.calculationMethod],
    [paper.timeNeeded, timeText(quote, paper)],
    [paper.deposit, amount(quote.depositRequired)],
    [paper.note, quote.note],
  ]);
};

/** The address of a form names the token, and nothing else authorises it: no other site can send it without knowing the link. */
const form = (content: PageContent, verb: 'accept' | 'decline', name: string, inside: string): string =>
  `<form method="post" action="${addressOf(content.token)}/${verb}?lang=${content.language}"${name}>` +
  `<input type="hidden" name="version" value="${content.quote.quoteVersion}">${inside}</form>`;

const forms = (content: PageContent): string => {
  const { words, quote, language, typed, feeWasAgreed } = content;
  if (!quote.canAccept) return '';
  const total = writeAmount(quote.total, language);
  const fee = quote.refusalFee;
  const feeNote =
    fee === undefined || fee.amount === 0 ? '' : `${feeWasAgreed ? words.agreedFee : words.fee} ${writeAmount(fee, language)}.`;
  const accept = `<h2>${text(words.acceptTitle)}</h2>${paragraph(words.acceptHint)}${nameField(words.yourName, 'accept-name', typed.name)}<button>${text(`${words.accept} ${total}`)}</button>`;
  const comment = `<label for="comment">${text(words.comment)}</label><textarea id="comment" name="comment" rows="3" maxlength="2000">${text(typed.comment)}</textarea>`;
  const decline = `<h2>${text(words.declineTitle)}</h2>${paragraph(feeNote)}${nameField(words.yourName, 'decline-name', typed.name)}${comment}<button>${text(words.decline)}</button>`;
  return form(content, 'accept', '', accept) + form(content, 'decline', ' class="plain"', decline);
};

const contact = ({ words, quote: { company } }: PageContent): string => {
  const ways = [company.phone, company.email].filter((way) => way !== undefined);
  return ways.length === 0 ? '' : paragraph(`${words.contact} ${ways.join(' · ')}`);
};

const saidOf = ({ words, quote: { hasNewerVersion, workEnded, status } }: PageContent): string => {
  if (hasNewerVersion) return status === 'ACCEPTED' ? words.acceptedAndNewer : words.newer;
  return workEnded && (status === 'SENT' || status === 'EXPIRED') ? words.workEnded : words.statuses[status];
};

const pdfLink = (token: string, name: string, said: string): string =>
  `<p><a href="${API_PREFIX}/public/quotes/${encodeURIComponent(token)}/${name}">${text(said)}</a></p>`;

/** The page of a quote. It works without JavaScript. */
export const quoteHtml = (content: PageContent): string => {
  const { words, language, centre, quote, token, fault } = content;
  const device = quote.device && `${quote.device.brand} ${quote.device.model}\n${words.serialNumber}: ${quote.device.serialNumber}`;
  const body =
    (fault === undefined ? '' : paragraph(fault, 'said fault')) +
    paragraph(saidOf(content), 'said') +
    rows([
      [words.about, quote.subjectNumber],
      [words.device, device],
      [words.validUntil, writeDay(quote.validUntil, language, WORDED_DAY)],
      [words.answeredOn, quote.decidedAt && writeTime(quote.decidedAt, language, centre.timeZone, WORDED_DAY)],
    ]) +
    `<h2>${text(words.whatItCosts)}</h2>${linesTable(content)}${conditions(content)}` +
    pdfLink(token, 'quote.pdf', words.readPdf) +
    (quote.hasRepairInformationForm ? pdfLink(token, 'repair-information-form.pdf', words.readForm) : '') +
    forms(content) +
    contact(content);
  return openPage({ language, brand: brandOf(centre), address: addressOf(token) }, `${words.quote} ${quote.number}`, body);
};

/** Without a valid link there is nothing to show but why. */
export const faultHtml = (words: PageWords, language: Language, centre: Centre, token: string): string =>
  openPage(
    { language, brand: brandOf(centre), address: addressOf(token) },
    words.quote,
    paragraph(words.faults.LINK_NOT_VALID, 'said fault'),
  );
