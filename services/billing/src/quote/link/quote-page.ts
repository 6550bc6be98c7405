import { isDeepStrictEqual } from 'node:util';
import { isDomainError, type DomainError } from '@riparo/shared/errors/domain-error';
import { htmlReply, languageFor } from '@riparo/shared/http/page';
import { typedIn, type PageQuery } from '@riparo/shared/http/page-query';
import type { Reply } from '@riparo/shared/http/route';
import { brandOf } from '@riparo/shared/pages/brand';
import Joi from 'joi';
import { languageOf } from '../../centre.js';
import type { Outcome } from '../answering/decide-answer.js';
import { pageWords, type PageWords } from './page-words.js';
import { faultHtml, quoteHtml, type PageContent } from './quote-html.js';
import {
  answerByLink,
  answerByLinkBody,
  openLink,
  unknownCentre,
  viewLinked,
  type LinkAnswer,
  type LinkCall,
  type LinkDeps,
  type LinkParams,
} from './quote-link.js';

/** Whatever the address holds, the page answers in words. */
export const quotePageParams = Joi.object<LinkParams>({ token: Joi.string().required() });
/** For the API reference: pages look at what was typed themselves. */
export const quotePageForm = Joi.object<PageQuery>({ version: Joi.string(), name: Joi.string(), comment: Joi.string() });

const NOTHING_TYPED = { name: '', comment: '' };

interface Shown extends Partial<Pick<PageContent, 'fault' | 'typed'>> {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

type Show = (words: PageWords) => Shown;

/** Shows the quote of the link, or says that the link is not valid. */
const page = async (deps: LinkDeps, call: LinkCall, show: Show = () => ({})): Promise<Reply> => {
  const { token } = call.params;
  try {
    const linked = await openLink(deps, token);
    // Usually as the PDF that the mail came with.
    const language = languageFor(call, linked.version.sending.language);
    const words = pageWords(language);
    const { status = 200, headers, fault, typed = NOTHING_TYPED } = show(words);
    const feeWasAgreed = isDeepStrictEqual(linked.version.refusalFee, linked.quote.agreedFee);
    const content = { words, language, centre: linked.centre, token, quote: await viewLinked(deps, linked, call.now), feeWasAgreed, typed };
    const policy = { brand: brandOf(linked.centre) };
    return htmlReply(status, quoteHtml(fault === undefined ? content : { ...content, fault }), policy, headers);
  } catch (error) {
    if (!isDomainError(error) || error.code !== 'LINK_NOT_VALID') throw error;
    const centre = await unknownCentre(deps.centreOf);
    const language = languageFor(call, languageOf(centre.locale));
    return htmlReply(422, faultHtml(pageWords(language), language, centre, token), { brand: brandOf(centre) });
  }
};

/** `GET /quote/:token`: the page for people that mails link to. Programs use `/public/quotes/:token`. */
export const getQuotePage =
  (deps: LinkDeps) =>
  (call: LinkCall): Promise<Reply> =>
    page(deps, call);

const faultOf = ({ faults }: PageWords, { code, kind }: DomainError): string => {
  if (kind === 'unavailable') return faults.AWAY;
  return code in faults ? faults[code as keyof typeof faults] : faults.WORK_ENDED;
};

const STATUS = { conflict: 409, unavailable: 503 } as const;
const isShown = (error: unknown): error is DomainError & { readonly kind: keyof typeof STATUS } =>
  isDomainError(error) && error.kind in STATUS;

const answering =
  (outcome: Outcome) =>
  (deps: LinkDeps) =>
  async (call: LinkCall<PageQuery>): Promise<Reply> => {
    const [[name = ''], [comment], [version = '']] = [
      typedIn(call.body, 'name'),
      typedIn(call.body, 'comment'),
      typedIn(call.body, 'version'),
    ];
    const typed = { name, comment: comment ?? '' };
    const wanted: Joi.ValidationResult<LinkAnswer> = answerByLinkBody.validate({ name, comment, version: Number(version) });
    if (wanted.error !== undefined) {
      const isComment = wanted.error.details[0]?.path[0] === 'comment';
      return page(deps, call, ({ faults }) => ({ status: 422, fault: isComment ? faults.COMMENT : faults.NAME, typed }));
    }
    try {
      await answerByLink(deps, call, outcome, wanted.value);
    } catch (error) {
      if (isDomainError(error) && error.code === 'LINK_NOT_VALID') return page(deps, call);
      if (!isShown(error)) throw error;
      const headers: Readonly<Record<string, string>> =
        error.kind === 'unavailable' ? { 'Retry-After': String(error.details.retryAfter ?? 5) } : {};
      return page(deps, call, (words) => ({ status: STATUS[error.kind], fault: faultOf(words, error), typed, headers }));
    }
    return page(deps, call);
  };

/** `POST /quote/:token/accept`: the form of the page. */
export const acceptOnPage = answering('ACCEPTED');
/** `POST /quote/:token/decline`: the other form. */
export const declineOnPage = answering('DECLINED');
