import { lineNet } from '@riparo/shared/contracts/price-lines';
import { API_PREFIX } from '@riparo/shared/http/path';
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

const STYLE = [
  ':root{color-scheme:light dark}body{font:1.05rem/1.5 system-ui,sans-serif;max-width:40rem;margin:0 auto;padding:1.5rem 1rem 3rem}',
  'h1{font-size:1.5rem;margin:.2rem 0 1rem}h2{font-size:1.15rem;margin:2rem 0 .6rem}p{margin:.6rem 0}',
  'dl{display:grid;grid-template-columns:fit-content(38%) 1fr;gap:.25rem 1rem;margin:1rem 0}dt{opacity:.7}dd{margin:0;overflow-wrap:anywhere}',
  'table{width:100%;border-collapse:collapse}td,th{padding:.5rem 0;vertical-align:top;border-bottom:1px solid #8886;text-align:start;overflow-wrap:anywhere}',
  'td+td,th+td{text-align:end;white-space:nowrap;padding-inline-start:1rem}tfoot th{font-weight:normal}tfoot tr:last-child>*{font-weight:bold;font-size:1.15rem;border:0}',
  'small{opacity:.75;display:block}.said{padding:.7rem 1rem;border-inline-start:4px solid #2a7;background:#2a71}.fault{border-color:#c33;background:#c331}',
  'form{border:1px solid #8886;border-radius:.5rem;padding:0 1rem 1rem;margin:1.5rem 0}form h2{margin-top:1rem}label{display:block;margin:.8rem 0 .3rem}',
  'input,textarea{font:inherit;width:100%;box-sizing:border-box;padding:.5rem;border:1px solid #888;border-radius:.3rem}',
  'button{font:inherit;font-weight:bold;margin-top:1rem;padding:.7rem 1.2rem;border:0;border-radius:.3rem;background:#176b45;color:#fff;cursor:pointer;width:100%}',
  '.plain button{background:#666}.whole{white-space:pre-wrap}',
  '@media(max-width:32rem){dl{display:block}dd{margin:0 0 .6rem}}',
].join('');

const text = escapeHtml;
export const paragraph = (said: string, name = ''): string =>
  said === '' ? '' : `<p${name === '' ? '' : ` class="${name}"`}>${text(said)}</p>`;

export const document = (language: Language, company: string, title: string, content: string): string =>
  `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">` +
  `<meta name="robots" content="noindex"><title>${text(title)}</title><style>${STYLE}</style></head><body>` +
  `<p dir="auto">${text(company)}</p><h1>${text(title)}</h1>${content}</body></html>`;

export const rows = (all: readonly (readonly [string, string | undefined])[]): string =>
  `<dl>${all
    .filter((row): row is [string, string] => row[1] !== undefined)
    .map(([name, value]) => `<dt>${text(name)}</dt><dd dir="auto" class="whole">${text(value)}</dd>`)
    .join('')}</dl>`;

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

const nameField = (words: PageWords, id: string, name: string): string =>
  `<label for="${id}">${text(words.yourName)}</label><input id="${id}" name="name" required maxlength="200" autocomplete="name" value="${text(name)}">`;

/** The address of a form names the token, and nothing else authorises it: no other site can send it without knowing the link. */
const form = (content: PageContent, verb: 'accept' | 'decline', name: string, inside: string): string =>
  `<form method="post" action="/quote/${encodeURIComponent(content.token)}/${verb}"${name}>` +
  `<input type="hidden" name="version" value="${content.quote.quoteVersion}">${inside}</form>`;

const forms = (content: PageContent): string => {
  const { words, quote, language, typed, feeWasAgreed } = content;
  if (!quote.canAccept) return '';
  const total = writeAmount(quote.total, language);
  const fee = quote.refusalFee;
  const feeNote =
    fee === undefined || fee.amount === 0 ? '' : `${feeWasAgreed ? words.agreedFee : words.fee} ${writeAmount(fee, language)}.`;
  const accept = `<h2>${text(words.acceptTitle)}</h2>${paragraph(words.acceptHint)}${nameField(words, 'accept-name', typed.name)}<button>${text(`${words.accept} ${total}`)}</button>`;
  const comment = `<label for="comment">${text(words.comment)}</label><textarea id="comment" name="comment" rows="3" maxlength="2000">${text(typed.comment)}</textarea>`;
  const decline = `<h2>${text(words.declineTitle)}</h2>${paragraph(feeNote)}${nameField(words, 'decline-name', typed.name)}${comment}<button>${text(words.decline)}</button>`;
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

/** The page of a quote. It works without JavaScript and loads nothing. */
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
  return document(language, centre.companyName, `${words.quote} ${quote.number}`, body);
};

/** Without a valid link there is nothing to show but why. */
export const faultHtml = (words: PageWords, language: Language, { companyName }: Centre, said: string): string =>
  document(language, companyName, words.quote, paragraph(said, 'said fault'));
