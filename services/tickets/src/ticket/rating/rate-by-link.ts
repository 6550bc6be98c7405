import { linkInvalid } from '@riparo/shared/errors/common-errors';
import { created } from '@riparo/shared/http/reply';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import { isDone, stampOf } from '../../conversation/stamp.js';
import { type LinkParams, openLink } from './rating-link.js';
import { rate, type RatingRequest } from './rating.js';
import type { RatingLinkDeps } from '../dependencies.js';

/** Rates through the link of the closing mail. The ticket itself remembers that it was rated. */
export const rateByLink =
  (deps: RatingLinkDeps) =>
  async ({ params, body, now, ids }: PublicCall<RatingRequest, unknown, LinkParams>): Promise<Reply> => {
    const { grant } = await openLink(deps, params.token);
    const rules = { ...(await deps.rulesOf(grant.tenantId)), ratingDays: deps.ratingDays };
    const stamp = stampOf({ now, ids });
    const after = await deps.tickets
      .in(grant.tenantId)
      .update(grant.subjectId, (before) => (isDone(before, stamp) ? { state: before } : rate(before, body, stamp, rules)));
    if (after === undefined) throw linkInvalid();
    return created(`/public/ratings/${params.token}`, { ticketNumber: after.ticketNumber, score: after.rating?.score });
  };
