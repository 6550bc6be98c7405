import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import { isDomainError } from '@riparo/shared/errors/domain-error';
import { htmlReply, languageFor, pageLang } from '@riparo/shared/http/page';
import { typedIn, type PageQuery } from '@riparo/shared/http/page-query';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import { brandOf } from '@riparo/shared/pages/brand';
import { openPage } from '@riparo/shared/pages/layout';
import { inputField, paragraph } from '@riparo/shared/pages/parts';
import escapeHtml from 'escape-html';
import Joi from 'joi';
import { cut } from '@riparo/shared/text/cut';
import type { Language } from '@riparo/shared/time/write-time';
import type { RepairDeps } from '../dependencies.js';
import { findPublicStatus, publicStatusFields, type PublicStatusQuery } from './get-public-status.js';
import { labelsIn, languageOf, type Labels } from './labels.js';
import { STATUS_STYLE, statusHtml } from './status-html.js';
import { statusWords } from './status-words.js';

/** For the API reference: a page refuses nothing in its address. */
export const statusPageQuery = Joi.object<PageQuery>({ number: Joi.string(), serialNumber: Joi.string(), lang: pageLang() });

const fields = Joi.object<PublicStatusQuery>({
  number: publicStatusFields.number.required(),
  serialNumber: publicStatusFields.serialNumber.required(),
});

const MAX_SHOWN = 100;
const shown = ([first = '']: readonly string[]): string => cut(first, MAX_SHOWN);

/** What was typed into each field; several values where the address repeats a parameter. */
interface Typed {
  readonly number: readonly string[];
  readonly serialNumber: readonly string[];
}

const form = (words: Labels, language: Language, { number, serialNumber }: Typed): string =>
  `<form action="${PATH}">${paragraph(statusWords(language).intro)}<input type="hidden" name="lang" value="${language}">` +
  inputField({ id: 'number', name: 'number', label: words.number, value: shown(number), maxLength: 40 }) +
  inputField({ id: 'serial', name: 'serialNumber', label: words.serialNumber, value: shown(serialNumber), maxLength: 100 }) +
  `<button>${escapeHtml(words.show)}</button></form>`;

const PATH = '/repair-status';

/** Where the language is switched: at what was asked for, unless nothing or too much was. */
const addressOf = ({ number, serialNumber }: Typed): string =>
  number.length === 1 && serialNumber.length === 1
    ? `${PATH}?${new URLSearchParams({ number: shown(number), serialNumber: shown(serialNumber) }).toString()}`
    : PATH;

/** `GET /repair-status`: the page for people that receipts and mails link to. Programs use `/public/repairs/status`. */
export const getStatusPage =
  (deps: Pick<RepairDeps, 'repairs' | 'guessLimiter' | 'replicas'>) =>
  async (call: PublicCall<unknown, PageQuery>): Promise<Reply> => {
    const typed: Typed = { number: typedIn(call.query, 'number'), serialNumber: typedIn(call.query, 'serialNumber') };
    const [[number], [serialNumber]] = [typed.number, typed.serialNumber];
    const settings = await deps.replicas.settings.find(DEFAULT_TENANT, DEFAULT_TENANT);
    const language = languageFor(call, languageOf(settings));
    const words = labelsIn(language);
    const brand = brandOf(settings);
    const page = (status: number, content: string, headers?: Readonly<Record<string, string>>): Reply =>
      htmlReply(
        status,
        openPage({ language, brand, address: addressOf(typed) }, words.repairStatus, content, STATUS_STYLE),
        { brand },
        headers,
      );
    const answer = (status: number, said: string, headers?: Readonly<Record<string, string>>): Reply =>
      page(status, paragraph(said, 'said fault') + form(words, language, typed), headers);
    if (typed.number.length > 1 || typed.serialNumber.length > 1) return answer(422, words.twice);
    // Without both values the page shows the form alone.
    if (number === undefined || serialNumber === undefined) return page(200, form(words, language, typed));
    const wanted: Joi.ValidationResult<PublicStatusQuery> = fields.validate({ number, serialNumber });
    if (wanted.error !== undefined) return answer(404, words.nothing);
    try {
      const found = await findPublicStatus(deps, call, wanted.value);
      return found === undefined ? answer(404, words.nothing) : page(200, statusHtml(language, settings, found));
    } catch (error) {
      if (!isDomainError(error) || error.kind !== 'throttled') throw error;
      return answer(429, words.tooMany, { 'Retry-After': String(error.details.retryAfter) });
    }
  };
