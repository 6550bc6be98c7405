import Joi from 'joi';
import { pageHeaders, type PagePolicy } from '../pages/page-headers.js';
import { pageLanguage } from '../pages/page-language.js';
import type { Language } from '../time/write-time.js';
import { typedIn, type PageQuery } from './page-query.js';
import type { Reply } from './route.js';

/** The answer that is a page. */
export const htmlReply = (
  status: number,
  html: string,
  policy: PagePolicy = {},
  headers: Readonly<Record<string, string>> = {},
): Reply => ({ status, body: Buffer.from(html), headers: { ...pageHeaders(policy), ...headers } });

/** The language in which a page answers: `?lang=`, else the browser's, else the usual one. */
export const languageFor = (
  { query, acceptLanguage }: { readonly query: unknown; readonly acceptLanguage?: string },
  usual: Language,
): Language => pageLanguage(typedIn((query ?? {}) as PageQuery, 'lang')[0], acceptLanguage, usual);

/** For the API reference: the parameter that switches the language of a page. */
export const pageLang = (): Joi.StringSchema =>
  Joi.string().description('`en` or `it`: the language of the page, instead of the one that `Accept-Language` asks for.');

/** For the API reference: the query of a page that takes nothing else. */
export const langQuery = Joi.object<PageQuery>({ lang: pageLang() });
