import escapeHtml from 'escape-html';
import type { Language } from '../time/write-time.js';

/** Of all pages that a link opens: for phones first, in light and dark, without anything that is loaded. */
const STYLE = [
  ':root{color-scheme:light dark}body{font:1.05rem/1.5 system-ui,sans-serif;max-width:40rem;margin:0 auto;padding:1.5rem 1rem 3rem}',
  'h1{font-size:1.5rem;margin:.2rem 0 1rem}h2{font-size:1.15rem;margin:2rem 0 .6rem}p{margin:.6rem 0}.whole{white-space:pre-wrap}',
  'dl{display:grid;grid-template-columns:fit-content(38%) 1fr;gap:.25rem 1rem;margin:1rem 0}dt{opacity:.7}dd{margin:0;overflow-wrap:anywhere}',
  'table{width:100%;border-collapse:collapse}td,th{padding:.5rem 0;vertical-align:top;border-bottom:1px solid #8886;text-align:start;overflow-wrap:anywhere}',
  'td+td,th+td{text-align:end;white-space:nowrap;padding-inline-start:1rem}tfoot th{font-weight:normal}tfoot tr:last-child>*{font-weight:bold;font-size:1.15rem;border:0}',
  'small{opacity:.75;display:block}.said{padding:.7rem 1rem;border-inline-start:4px solid #2a7;background:#2a71}.fault{border-color:#c33;background:#c331}',
  'form{border:1px solid #8886;border-radius:.5rem;padding:0 1rem 1rem;margin:1.5rem 0}form h2{margin-top:1rem}label{display:block;margin:.8rem 0 .3rem}',
  'input,textarea{font:inherit;width:100%;box-sizing:border-box;padding:.5rem;border:1px solid #888;border-radius:.3rem}',
  'button{font:inherit;font-weight:bold;margin-top:1rem;padding:.7rem 1.2rem;border:0;border-radius:.3rem;background:#176b45;color:#fff;cursor:pointer;width:100%}',
  '.plain button,button.plain{background:#666}',
  '@media(max-width:32rem){dl{display:block}dd{margin:0 0 .6rem}}',
].join('');

export const paragraph = (said: string, name = ''): string =>
  said === '' ? '' : `<p${name === '' ? '' : ` class="${name}"`}>${escapeHtml(said)}</p>`;

/** A whole page; `content` is HTML, everything else is text. `style` is what only this page needs. */
export const openPage = (language: Language, company: string, title: string, content: string, style = ''): string =>
  `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">` +
  `<meta name="robots" content="noindex"><title>${escapeHtml(title)}</title><style>${STYLE}${style}</style></head><body>` +
  `<p dir="auto">${escapeHtml(company)}</p><h1>${escapeHtml(title)}</h1>${content}</body></html>`;

/** Names and values; a row without a value is left out. */
export const rows = (all: readonly (readonly [string, string | undefined])[]): string =>
  `<dl>${all
    .filter((row): row is [string, string] => row[1] !== undefined && row[1] !== '')
    .map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd dir="auto" class="whole">${escapeHtml(value)}</dd>`)
    .join('')}</dl>`;

/** The field in which whoever answers says their name. */
export const nameField = (label: string, id: string, name: string): string =>
  `<label for="${id}">${escapeHtml(label)}</label><input id="${id}" name="name" required maxlength="200" autocomplete="name" value="${escapeHtml(name)}">`;
