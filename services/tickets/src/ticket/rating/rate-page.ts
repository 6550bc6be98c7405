import { ratingPath } from '@riparo/shared/contracts/links';
import { isDomainError } from '@riparo/shared/errors/domain-error';
import {
  showLinkPage,
  takeLinkForm,
  wordsFor,
  type LinkFrame,
  type LinkPage,
  type LinkPageCall,
  type LinkParams,
  type PageContent,
  type Shown,
} from '@riparo/shared/http/link-page';
import { typedIn, type PageQuery } from '@riparo/shared/http/page-query';
import type { Reply } from '@riparo/shared/http/route';
import { bodyValidator } from '@riparo/shared/http/validate';
import type { FieldFault } from '@riparo/shared/errors/domain-error';
import { choiceField, contactLine, paragraph, rows, textField } from '@riparo/shared/pages/parts';
import escapeHtml from 'escape-html';
import Joi from 'joi';
import type { RatingPageDeps } from '../dependencies.js';
import type { TicketState } from '../ticket.js';
import { rateByLink } from './rate-by-link.js';
import { ratingBody } from './rate-ticket.js';
import { rateWords, type RateWords } from './rate-words.js';
import { openLink } from './rating-link.js';
import { BEST_SCORE, refusalOf, type RatingRequest } from './rating.js';

/** Whatever the address holds, the page answers in words. */
export const ratePageParams = Joi.object<LinkParams>({ token: Joi.string().required() });
/** For the API reference: pages look at what was typed themselves. */
export const ratePageForm = Joi.object<PageQuery>({ score: Joi.string(), comment: Joi.string() });

interface Opened {
  readonly tenantId: string;
  readonly ticket: TicketState;
  /** Why it cannot be rated now: a problem code. */
  readonly refusal: string | undefined;
}

/** Best first. */
const SCORES = [5, 4, 3, 2, 1] as const;
const STYLE = '.stars{letter-spacing:.1em;margin-inline-end:.6rem;white-space:nowrap}';

const stars = (score: number): string => '★'.repeat(score) + '☆'.repeat(BEST_SCORE - score);

const form = (words: RateWords, { language, token }: LinkFrame, { fault, typed = {} }: Shown): string => {
  const choices = SCORES.map((score) => ({
    value: String(score),
    label: `<span class="stars" aria-hidden="true">${stars(score)}</span>${escapeHtml(words.scores[score])}`,
  }));
  const faultOf = (code: 'SCORE' | 'COMMENT'): string => (fault === code ? words.faults[code] : '');
  const comment = { id: 'comment', name: 'comment', label: words.comment, maxLength: 2_000, value: typed.comment ?? '' };
  return (
    `<form method="post" action="${ratingPath(encodeURIComponent(token))}?lang=${language}">` +
    choiceField({ name: 'score', legend: words.legend, choices, chosen: typed.score, fault: faultOf('SCORE') }) +
    textField({ ...comment, fault: faultOf('COMMENT') }) +
    `<button>${escapeHtml(words.send)}</button></form>`
  );
};

/** What is said above the ticket: thanks, what went wrong, or why it cannot be rated. */
const saidOf = ({ faults, done }: RateWords, { refusal }: Opened, { done: did, fault }: Shown): string => {
  if (did !== undefined) return paragraph(done, 'said');
  if (fault === 'SCORE' || fault === 'COMMENT') return '';
  return paragraph(wordsFor(faults, fault ?? refusal), refusal === 'TICKET_ALREADY_RATED' ? 'said' : 'said fault');
};

const show = (opened: Opened, frame: LinkFrame, shown: Shown): PageContent => {
  const words = rateWords(frame.language);
  const { ticket, refusal } = opened;
  const canRate = refusal === undefined;
  const inside =
    saidOf(words, opened, shown) +
    (canRate ? paragraph(words.intro) : '') +
    rows([[words.ticket, `${ticket.ticketNumber}: ${ticket.title}`]]) +
    (canRate ? form(words, frame, shown) : '') +
    contactLine(words.contact, frame.settings);
  return { title: words.title, inside, style: STYLE };
};

const pageOf = (deps: RatingPageDeps): LinkPage<Opened> => ({
  settingsOf: (tenantId) => deps.replicas.settings.find(tenantId, tenantId),
  open: async (token, now) => {
    const { grant, ticket } = await openLink(deps, token);
    const refusal = refusalOf(ticket, deps.ratingDays, now);
    return { tenantId: grant.tenantId, ticket, refusal: isDomainError(refusal) ? refusal.code : undefined };
  },
  addressOf: (token) => ratingPath(encodeURIComponent(token)),
  show,
  dead: (language) => ({ title: rateWords(language).title, said: rateWords(language).faults.LINK_NOT_VALID }),
});

/** `GET /rate/:token`. Programs use `/public/ratings/:token`. */
export const getRatePage =
  (deps: RatingPageDeps) =>
  (call: LinkPageCall): Promise<Reply> =>
    showLinkPage(pageOf(deps), call);

/** `POST /rate/:token`: the form of the page, which does what the API does. */
export const rateOnPage =
  (deps: RatingPageDeps) =>
  async (call: LinkPageCall<PageQuery>): Promise<Reply> => {
    const [[score = ''], [comment = '']] = [typedIn(call.body, 'score'), typedIn(call.body, 'comment')];
    const typed = { score, comment };
    const faults: FieldFault[] = [];
    const given = { score: Number(score), ...(comment === '' ? {} : { comment }) };
    const body = bodyValidator(ratingBody).check(given, faults) as RatingRequest;
    if (faults.length > 0) {
      const fault = faults.some(({ path }) => path === 'score') ? 'SCORE' : 'COMMENT';
      return showLinkPage(pageOf(deps), call, { status: 422, fault, typed });
    }
    return takeLinkForm(pageOf(deps), call, () => rateByLink(deps)({ ...call, body }), { done: 'RATED', typed });
  };
