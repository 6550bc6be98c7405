import escapeHtml from 'escape-html';
import type { Language } from '../time/write-time.js';
import { shownBrand, type PageBrand } from './brand.js';
import { STYLE } from './style.js';

/** What every page shows around its content. */
export interface PageFrame {
  readonly language: Language;
  readonly brand: PageBrand;
  /** Path and query with which a GET opens the page, without `lang`: the switch of languages leads there. Missing: no switch. */
  readonly address?: string;
}

const OTHER = { en: { code: 'it', name: 'Italiano' }, it: { code: 'en', name: 'English' } } as const;
const NAV = { en: 'Language', it: 'Lingua' } as const;

const languageSwitch = ({ language, address }: PageFrame): string => {
  if (address === undefined) return '';
  const { code, name } = OTHER[language];
  const href = `${address}${address.includes('?') ? '&' : '?'}lang=${code}`;
  return `<nav aria-label="${NAV[language]}"><a href="${escapeHtml(href)}" hreflang="${code}" lang="${code}">${name}</a></nav>`;
};

const header = (frame: PageFrame): string => {
  const { company } = frame.brand;
  const { logoUrl } = shownBrand(frame.brand);
  const logo =
    logoUrl === undefined ? '' : `<img src="${escapeHtml(logoUrl)}" alt="${escapeHtml(company)}" height="40" referrerpolicy="no-referrer">`;
  const name = logo === '' && company !== '' ? `<p><bdi>${escapeHtml(company)}</bdi></p>` : logo;
  const inside = name + languageSwitch(frame);
  return inside === '' ? '' : `<header>${inside}</header>`;
};

/** A whole page; `content` is HTML, everything else is text. `style` is what only this page needs. */
export const openPage = (frame: PageFrame, title: string, content: string, style = ''): string => {
  const { colour, onColour } = shownBrand(frame.brand);
  return (
    `<!doctype html><html lang="${frame.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">` +
    `<meta name="robots" content="noindex"><title>${escapeHtml(title)}</title>` +
    `<style>:root{--brand:${colour};--on-brand:${onColour}}${STYLE}${style}</style></head><body>` +
    `${header(frame)}<main><h1 dir="auto">${escapeHtml(title)}</h1>${content}</main></body></html>`
  );
};
