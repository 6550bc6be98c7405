import { view } from '@riparo/shared/http/reference/answer';
import { flag, id, moment, text } from '@riparo/shared/http/reference/answer-fields';
import Joi from 'joi';

const score = () => Joi.number().integer().min(1).max(5);

export const ticketRatingAnswer = view('TicketRating', 'How the customer was served.', {
  ticketId: id(),
  score: score(),
  comment: text().optional(),
  ratedAt: moment(),
  ratedByUserId: id().optional(),
});

export const ratingLinkAnswer = view('RatingLink', 'What the link of a closing mail rates.', {
  ticketNumber: text(),
  title: text(),
  canRate: flag(),
  reason: text().optional().description('Why it cannot be rated: a problem code.'),
});

export const linkedRatingAnswer = view('LinkedRating', 'A rating given through a link.', { ticketNumber: text(), score: score() });
