import { API_PREFIX } from '@riparo/shared/http/path';
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
  readonly timeZone: string;
  readonly token: string;
  readonly report: PublicReport;
  /** What went wrong with an answer. */
  readonly fault?: string | undefined;
  /** What was typed, so that nobody types it twice. */
  readonly typed: { readonly name: string; readonly reason: string };
}

const STYLE = [
  ':root{color-scheme:light dark}body{font:1.05rem/1.5 system-ui,sans-serif;max-width:40rem;margin:0 auto;padding:1.5rem 1rem 3rem}',
  'h1{font-size:1.5rem;margin:.2rem 0 1rem}h2{font-size:1.15rem;margin:2rem 0 .6rem}p{margin:.6rem 0}.whole{white-space:pre-wrap}',
  'dl{display:grid;grid-template-columns:fit-content(38%) 1fr;gap:.25rem 1rem;margin:1rem 0}dt{opacity:.7}dd{margin:0;overflow-wrap:anywhere}',
  '.said{padding:.7rem 1rem;border-inline-start:4px solid #2a7;background:#2a71}.fault{border-color:#c33;background:#c331}',
  'form{border:1px solid #8886;border-radius:.5rem;padding:0 1rem 1rem;margin:1.5rem 0}form h2{margin-top:1rem}label{display:block;margin:.8rem 0 .3rem}',
  'input,textarea{font:inherit;width:100%;box-sizing:border-box;padding:.5rem;border:1px solid #888;border-radius:.3rem}',
  'svg{width:100%;aspect-ratio:3;border:1px solid #888;border-radius:.3rem;background:#fff;touch-action:none;cursor:crosshair}',
  'path{fill:none;stroke:#000;stroke-width:3;stroke-linecap:round;stroke-linejoin:round}',
  'button{font:inherit;font-weight:bold;margin-top:1rem;padding:.7rem 1.2rem;border:0;border-radius:.3rem;background:#176b45;color:#fff;cursor:pointer}',
  'button.plain{background:#666}',
].join('');

const text = escapeHtml;
const paragraph = (said: string, name = ''): string => (said === '' ? '' : `<p${name === '' ? '' : ` class="${name}"`}>${text(said)}</p>`);

const document = (language: Language, company: string, title: string, content: string): string =>
  `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">` +
  `<meta name="robots" content="noindex"><title>${text(title)}</title><style>${STYLE}</style></head><body>` +
  `<p dir="auto">${text(company)}</p><h1>${text(title)}</h1>${content}</body></html>`;

const rows = (all: readonly (readonly [string, string | undefined])[]): string =>
  `<dl>${all
    .filter((row): row is [string, string] => row[1] !== undefined && row[1] !== '')
    .map(([name, value]) => `<dt>${text(name)}</dt><dd dir="auto" class="whole">${text(value)}</dd>`)
    .join('')}</dl>`;

const nameField = (words: SignWords, id: string, name: string): string =>
  `<label for="${id}">${text(words.yourName)}</label><input id="${id}" name="name" required maxlength="200" autocomplete="name" value="${text(name)}">`;

const actionOf = (token: string, verb: 'approve' | 'dispute'): string => `/sign/${encodeURIComponent(token)}/${verb}`;

/** Without JavaScript nothing can be drawn, and the form stays hidden. */
const signForm = ({ words, token, report, typed }: SignContent): string =>
  !report.canSign
    ? ''
    : `<noscript>${paragraph(words.noScript)}</noscript><form id="sign" method="post" action="${actionOf(token, 'approve')}" hidden>` +
      `<h2>${text(words.signTitle)}</h2>${paragraph(words.signHint)}${nameField(words, 'sign-name', typed.name)}` +
      `<label>${text(words.signature)}</label><svg id="pad" viewBox="0 0 600 200"><path d=""></path></svg>` +
      `<input type="hidden" name="svgPath" id="path"><input type="hidden" name="documentHash" value="${text(report.documentHash)}">` +
      `<button>${text(words.sign)}</button> <button type="button" class="plain" id="clear">${text(words.clear)}</button></form>` +
      `<script>${SIGN_SCRIPT}</script>`;

const disputeForm = ({ words, token, report, typed }: SignContent): string =>
  !report.canDispute
    ? ''
    : `<form method="post" action="${actionOf(token, 'dispute')}"><h2>${text(words.disputeTitle)}</h2>${nameField(words, 'dispute-name', typed.name)}` +
      `<label for="reason">${text(words.reason)}</label><textarea id="reason" name="reason" rows="3" required maxlength="2000">${text(typed.reason)}</textarea>` +
      `<button class="plain">${text(words.dispute)}</button></form>`;

const saidOf = ({ words, report }: SignContent): string => (report.hasNewerVersion ? words.newer : words.statuses[report.status]);

const malfunctions = ({ report }: SignContent): string =>
  report.malfunctions.map(({ component, symptom, cause }) => [component, symptom, cause].filter(Boolean).join(' · ')).join('\n');

/** The page of a work report. It loads nothing; its one script draws the signature. */
export const signHtml = (content: SignContent): string => {
  const { words, language, timeZone, token, report, fault } = content;
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
  return document(language, report.company.name, `${words.title} ${report.number}`, body);
};

/** Without a valid link there is nothing to show but why. */
export const signFaultHtml = (words: SignWords, language: Language, company: string, said: string): string =>
  document(language, company, words.title, paragraph(said, 'said fault'));
