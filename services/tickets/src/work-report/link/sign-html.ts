import { API_PREFIX } from '@riparo/shared/http/path';
import type { PageBrand } from '@riparo/shared/pages/brand';
import { openPage } from '@riparo/shared/pages/layout';
import { nameField, paragraph, rows } from '@riparo/shared/pages/parts';
import { writeMoney } from '@riparo/shared/text/write-money';
import { MOMENT, REGIONS, writeTime, type Language } from '@riparo/shared/time/write-time';
import escapeHtml from 'escape-html';
import type { PublicReport } from './report-link.js';
import { SIGN_SCRIPT } from './sign-script.js';
import type { SignWords } from './sign-words.js';

/** What the page is made from. */
export interface SignContent {
  readonly words: SignWords;
  readonly language: Language;
  readonly brand: PageBrand;
  readonly timeZone: string;
  readonly token: string;
  readonly report: PublicReport;
  /** What went wrong with an answer. */
  readonly fault?: string | undefined;
  /** What was typed, so that nobody types it twice. */
  readonly typed: { readonly name: string; readonly reason: string };
}

const STYLE = [
  'svg{width:100%;aspect-ratio:3;border:1px solid #888;border-radius:.3rem;background:#fff;touch-action:none;cursor:crosshair}',
  'path{fill:none;stroke:#000;stroke-width:3;stroke-linecap:round;stroke-linejoin:round}#sign button{width:auto}',
].join('');

const text = escapeHtml;

const addressOf = (token: string): string => `/sign/${encodeURIComponent(token)}`;

const actionOf = ({ token, language }: SignContent, verb: 'approve' | 'dispute'): string => `${addressOf(token)}/${verb}?lang=${language}`;

/** Without JavaScript nothing can be drawn, and the form stays hidden. */
const signForm = (content: SignContent): string => {
  const { words, report, typed } = content;
  return !report.canSign
    ? ''
    : `<noscript>${paragraph(words.noScript)}</noscript><form id="sign" method="post" action="${actionOf(content, 'approve')}" hidden>` +
        `<h2>${text(words.signTitle)}</h2>${paragraph(words.signHint)}${nameField(words.yourName, 'sign-name', typed.name)}` +
        `<p id="pad-label"><b>${text(words.signature)}</b></p><svg id="pad" role="img" aria-labelledby="pad-label" viewBox="0 0 600 200"><path d=""></path></svg>` +
        `<input type="hidden" name="svgPath" id="path"><input type="hidden" name="documentHash" value="${text(report.documentHash)}">` +
        `<button>${text(words.sign)}</button> <button type="button" class="plain" id="clear">${text(words.clear)}</button></form>` +
        `<script>${SIGN_SCRIPT}</script>`;
};

const disputeForm = (content: SignContent): string => {
  const { words, report, typed } = content;
  return !report.canDispute
    ? ''
    : `<form method="post" action="${actionOf(content, 'dispute')}"><h2>${text(words.disputeTitle)}</h2>${nameField(words.yourName, 'dispute-name', typed.name)}` +
        `<label for="reason">${text(words.reason)}</label><textarea id="reason" name="reason" rows="3" required maxlength="2000">${text(typed.reason)}</textarea>` +
        `<button class="plain">${text(words.dispute)}</button></form>`;
};

const saidOf = ({ words, report }: SignContent): string => (report.hasNewerVersion ? words.newer : words.statuses[report.status]);

const malfunctions = ({ report }: SignContent): string =>
  report.malfunctions.map(({ component, symptom, cause }) => [component, symptom, cause].filter(Boolean).join(' · ')).join('\n');

/** The page of a work report. It loads nothing; its one script draws the signature. */
export const signHtml = (content: SignContent): string => {
  const { words, language, brand, timeZone, token, report, fault } = content;
  const moment = (at: Date): string => writeTime(at, language, timeZone, MOMENT);
  const ways = [report.company.phone, report.company.email].filter((way) => way !== undefined);
  const body =
    paragraph(fault ?? '', 'said fault') +
    paragraph(saidOf(content), 'said') +
    rows([
      [words.about, report.subjectNumber],
      [words.technicians, report.technicians.join(', ')],
      [words.start, moment(report.startedAt)],
      [words.end, moment(report.endedAt)],
      [words.found, malfunctions(content)],
      [words.done, report.solution],
      [words.total, report.total && writeMoney(report.total, REGIONS[language])],
    ]) +
    `<p><a href="${API_PREFIX}/public/work-reports/${encodeURIComponent(token)}/report.pdf">${text(words.readPdf)}</a></p>` +
    (report.canDispute && !report.canSign ? paragraph(words.signIn) : '') +
    signForm(content) +
    disputeForm(content) +
    (ways.length === 0 ? '' : paragraph(`${words.contact} ${ways.join(' · ')}`));
  return openPage({ language, brand, address: addressOf(token) }, `${words.title} ${report.number}`, body, STYLE);
};

/** Without a valid link there is nothing to show but why. */
export const signFaultHtml = (words: SignWords, language: Language, brand: PageBrand, token: string): string =>
  openPage({ language, brand, address: addressOf(token) }, words.title, paragraph(words.faults.LINK_NOT_VALID, 'said fault'));
