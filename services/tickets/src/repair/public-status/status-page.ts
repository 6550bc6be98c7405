import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import type { PublishedSettings } from '@riparo/shared/contracts/auth.events';
import { isDomainError } from '@riparo/shared/errors/domain-error';
import { openPage, rows } from '@riparo/shared/http/open-page';
import { typedIn, type PageQuery } from '@riparo/shared/http/page-query';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import escapeHtml from 'escape-html';
import Joi from 'joi';
import { cut } from '@riparo/shared/text/cut';
import { WORDED_DAY, writeDay, writeTime } from '@riparo/shared/time/write-time';
import type { RepairDeps } from '../dependencies.js';
import { findPublicStatus, publicStatusFields, type PublicStatus, type PublicStatusQuery } from './get-public-status.js';
import { languageOf, labelsFor, type Labels } from './labels.js';

/** For the API reference: a page refuses nothing in its address. */
export const statusPageQuery = Joi.object<PageQuery>({ number: Joi.string(), serialNumber: Joi.string() });

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

type Settings = Pick<PublishedSettings, 'locale' | 'timeZone' | 'companyName'>;

const rowsOf = (words: Labels, settings: Settings | undefined, found: PublicStatus) => {
  const language = languageOf(settings);
  const day = (at: Date | undefined): string | undefined =>
    at === undefined ? undefined : writeTime(at, language, settings?.timeZone ?? 'UTC', WORDED_DAY);
  const { estimatedCompletionAt, estimatedCompletionDay: promised } = found;
  const expected = promised === undefined ? day(estimatedCompletionAt) : writeDay(promised, language, WORDED_DAY);
  return [
    [words.number, found.number],
    [words.device, `${found.device.brand} ${found.device.model}`],
    [words.status, words.statuses[found.status]],
    [words.estimate, found.readyAt === undefined ? expected : undefined],
    [words.ready, day(found.readyAt)],
    [words.collected, day(found.collectedAt)],
  ] as const;
};

const form = (words: Labels, { number, serialNumber }: Typed): string =>
  `<form><p><label>${escapeHtml(words.number)} <input name="number" required maxlength="40" value="${escapeHtml(shown(number))}"></label></p>` +
  `<p><label>${escapeHtml(words.serialNumber)} <input name="serialNumber" required maxlength="100" value="${escapeHtml(shown(serialNumber))}"></label></p>` +
  `<p><button>${escapeHtml(words.show)}</button></p></form>`;

const page = (settings: Settings | undefined, words: Labels, content: string): string =>
  openPage(languageOf(settings), settings?.companyName ?? '', words.repairStatus, content);

/** The page loads nothing else. `upgrade-insecure-requests` is missing, because a shop's own network may have no TLS. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const html = (status: number, text: string, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  body: Buffer.from(text),
  headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': POLICY, ...headers },
});

/** `GET /repair-status`: the page for people that receipts and mails link to. Programs use `/public/repairs/status`. */
export const getStatusPage =
  (deps: Pick<RepairDeps, 'repairs' | 'guessLimiter' | 'replicas'>) =>
  async (call: PublicCall<unknown, PageQuery>): Promise<Reply> => {
    const typed: Typed = { number: typedIn(call.query, 'number'), serialNumber: typedIn(call.query, 'serialNumber') };
    const [[number], [serialNumber]] = [typed.number, typed.serialNumber];
    const settings = await deps.replicas.settings.find(DEFAULT_TENANT, DEFAULT_TENANT);
    const words = labelsFor(settings);
    const answer = (status: number, said: string, headers?: Readonly<Record<string, string>>) =>
      html(status, page(settings, words, `<p>${escapeHtml(said)}</p>${form(words, typed)}`), headers);
    if (typed.number.length > 1 || typed.serialNumber.length > 1) return answer(422, words.twice);
    // Without both values the page shows the form alone.
    if (number === undefined || serialNumber === undefined) return html(200, page(settings, words, form(words, typed)));
    const wanted: Joi.ValidationResult<PublicStatusQuery> = fields.validate({ number, serialNumber });
    if (wanted.error !== undefined) return answer(404, words.nothing);
    try {
      const found = await findPublicStatus(deps, call, wanted.value);
      return found === undefined ? answer(404, words.nothing) : html(200, page(settings, words, rows(rowsOf(words, settings, found))));
    } catch (error) {
      if (!isDomainError(error) || error.kind !== 'throttled') throw error;
      return answer(429, words.tooMany, { 'Retry-After': String(error.details.retryAfter) });
    }
  };
