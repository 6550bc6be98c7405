import { formTokenOf, SIGN_OUT_PAGE } from '@riparo/shared/http/page-session';
import type { Call } from '@riparo/shared/http/route';
import type { PublishedSettings } from '@riparo/shared/contracts/auth.events';
import { brandOf, type PageBrand } from '@riparo/shared/pages/brand';
import { escaped } from '@riparo/shared/pages/parts';
import type { Replica } from '@riparo/shared/persistence/replica';
import { languageFor } from '@riparo/shared/http/page';
import { typedIn, type PageQuery } from '@riparo/shared/http/page-query';
import type { Language } from '@riparo/shared/time/write-time';
import { reportWords } from './report-words.js';

export type PageCall = Call<unknown, PageQuery>;

/** What pages of staff have in common. */
export interface StaffFrame {
  readonly language: Language;
  readonly brand: PageBrand;
  /** Who is signed in. */
  readonly name: string;
  readonly formToken: string;
  /** A link to a page of this service, in the language that was switched to. */
  readonly link: (path: string, parameters?: Readonly<Record<string, string>>) => string;
}

export const readFrame = async (settings: Replica<PublishedSettings>, call: PageCall): Promise<StaffFrame> => {
  const kept = await settings.in(call.caller.tenantId).findOne({});
  const language = languageFor(call, kept?.locale.startsWith('it') === true ? 'it' : 'en');
  const switched: Readonly<Record<string, string>> = typedIn(call.query, 'lang').length === 0 ? {} : { lang: language };
  return {
    language,
    brand: brandOf(kept),
    name: call.caller.name,
    formToken: formTokenOf(call.cookies?.session ?? ''),
    link: (path, parameters = {}) => {
      const query = new URLSearchParams({ ...parameters, ...switched }).toString();
      return escaped(query === '' ? path : `${path}?${query}`);
    },
  };
};

/** Who is signed in, and the way out. */
export const signedInAs = ({ language, name, formToken }: StaffFrame): string => {
  const words = reportWords(language);
  return (
    `<form class="out" method="post" action="${SIGN_OUT_PAGE}?lang=${language}"><input type="hidden" name="form" value="${formToken}">` +
    `<p>${escaped(words.signedIn)} <bdi>${escaped(name)}</bdi></p><button class="plain">${escaped(words.signOut)}</button></form>`
  );
};

export const STAFF_STYLE =
  'header,main{max-width:64rem}.out{border:0;padding:0;margin:2rem 0 0;display:flex;gap:1rem;align-items:center;flex-wrap:wrap}.out button{width:auto;margin:0;padding:.4rem .8rem}' +
  '.tiles{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,10.5rem),1fr));gap:.8rem;margin:1rem 0;padding:0;list-style:none}.tiles li{border:1px solid var(--line);border-radius:.5rem;padding:.7rem 1rem}' +
  '.tiles a{display:block;font-size:1.5rem;font-weight:bold;text-decoration-thickness:1px}.tiles span{color:var(--soft)}';

export interface Tile {
  readonly name: string;
  readonly value: string;
  /** Where what is behind the number stands, as it stands in HTML. */
  readonly href: string;
}

/** Numbers, each with the way to what is behind it. */
export const tiles = (all: readonly Tile[]): string =>
  `<ul class="tiles">${all
    .map(({ name, value, href }) => `<li><span>${escaped(name)}</span><a href="${href}">${escaped(value)}</a></li>`)
    .join('')}</ul>`;
