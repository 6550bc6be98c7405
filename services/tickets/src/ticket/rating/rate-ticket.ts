import { created } from '@riparo/shared/http/reply';
import type { Reply } from '@riparo/shared/http/route';
import { paragraph } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { changeTicket, type TicketCall } from '../change-ticket.js';
import type { TicketDeps } from '../dependencies.js';
import { stampOf } from '../../conversation/stamp.js';
import { BEST_SCORE, rate, type RatingRequest } from './rating.js';

export const ratingBody = Joi.object<RatingRequest>({
  score: Joi.number().integer().min(1).max(BEST_SCORE).required(),
  comment: paragraph(2_000),
});

/** Rates for a signed-in customer. */
export const rateTicket =
  (deps: Pick<TicketDeps, 'tickets' | 'rulesOf' | 'ratingDays'>) =>
  async (call: TicketCall<RatingRequest>): Promise<Reply> => {
    const { caller, body } = call;
    const rules = { ...(await deps.rulesOf(caller.tenantId)), ratingDays: deps.ratingDays };
    const stamp = stampOf(call);
    const { id, rating } = await changeTicket(deps, call, stamp, (before) => rate(before, body, stamp, rules));
    return created(`/tickets/${id}`, { ticketId: id, ...rating });
  };
