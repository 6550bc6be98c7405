import { TicketRated } from '@riparo/shared/contracts/tickets.events';
import { DAY_MS } from '@riparo/shared/time/units';
import { applyChange } from '../apply-change.js';
import { actor, type Stamp } from '../../conversation/stamp.js';
import { published, type TicketDecision, type TicketState } from '../ticket.js';
import { compact } from '@riparo/shared/json/compact';
import { ratingPeriodOver, ticketAlreadyRated, ticketNotClosed, ticketNotRatable } from './rating.errors.js';
import type { TimeRules } from '../../kernel/tenant-rules.js';

/** The customer's rating of a ticket. A ticket is rated once, also when it is reopened and closed again. */
export interface Rating {
  /** 1 (bad) to 5 (very good). */
  readonly score: number;
  readonly comment?: string;
  readonly ratedAt: Date;
  /** Missing: rated through the link in the closing mail. */
  readonly ratedByUserId?: string;
}

export type RatingRequest = Pick<Rating, 'score' | 'comment'>;

export interface RatingRules extends TimeRules {
  /** Days after the closing in which the ticket can be rated. */
  readonly ratingDays: number;
}

export const BEST_SCORE = 5;

/** Why a ticket cannot be rated now; `undefined` when it can. */
export const refusalOf = (ticket: TicketState, ratingDays: number, now: Date): Error | undefined => {
  const { rating, status, source, closedAt, mergedIntoId } = ticket;
  if (rating !== undefined) return ticketAlreadyRated();
  // Staff opened this ticket on their own: the customer would not know what to rate.
  if (source === 'INTERNAL') return ticketNotRatable();
  // A merged ticket is CLOSED only while its conversation goes on in another ticket.
  if (status !== 'CLOSED' || closedAt === undefined || mergedIntoId !== undefined) return ticketNotClosed();
  return now.getTime() > closedAt.getTime() + ratingDays * DAY_MS ? ratingPeriodOver() : undefined;
};

export const rate = (before: TicketState, { score, comment }: RatingRequest, stamp: Stamp, rules: RatingRules): TicketDecision => {
  const refusal = refusalOf(before, rules.ratingDays, stamp.at);
  if (refusal !== undefined) throw refusal;
  const rating: Rating = compact({ score, comment, ratedAt: stamp.at, ratedByUserId: stamp.byUserId });
  const said = `Rated ${score} of ${BEST_SCORE}`;
  return applyChange(
    before,
    {
      state: { rating },
      entries: [{ type: 'SYSTEM', body: comment === undefined ? said : `${said}: ${comment}`, metadata: { rating: { score } } }],
      events: (after) => [TicketRated.with({ ticket: published(after), ...actor(stamp), ...compact({ score, comment }) })],
    },
    stamp,
    rules,
  );
};
