import { isDomainError } from '@riparo/shared/errors/domain-error';
import { ok } from '@riparo/shared/http/reply';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import { compact } from '@riparo/shared/json/compact';
import { type LinkParams, openLink } from './rating-link.js';
import { refusalOf } from './rating.js';
import type { RatingLinkDeps } from '../dependencies.js';

/** The rated ticket for whoever opens the link; it holds nothing about people. */
export const getRatingLink =
  (deps: RatingLinkDeps) =>
  async ({ params, now }: PublicCall<unknown, unknown, LinkParams>): Promise<Reply> => {
    const { ticketNumber, title, ...ticket } = (await openLink(deps, params.token)).ticket;
    const refusal = refusalOf({ ticketNumber, title, ...ticket }, deps.ratingDays, now);
    return ok(compact({ ticketNumber, title, canRate: refusal === undefined, reason: isDomainError(refusal) ? refusal.code : undefined }));
  };
