import { fields, listOf, view } from '@riparo/shared/http/reference/answer';
import { count, id, moment, text } from '@riparo/shared/http/reference/answer-fields';
import Joi from 'joi';
import { timesAnswer } from '../report.answer.js';
import { LISTED_TICKETS } from './results.js';
import { SCORES } from './satisfaction.js';

const resolvedTicket = view('ResolvedTicket', 'A ticket that was resolved in the period.', {
  id: id(),
  ticketNumber: text(),
  title: text(),
  resolvedAt: moment(),
  minutes: count().description('From opening to resolution, by the clock on the wall.'),
});

/** What a technician resolved. */
export const resultFields = {
  name: text(),
  resolved: count().description('Each ticket counts once, for whoever resolved it last.'),
  reopened: count(),
  resolution: timesAnswer,
  slaKept: count(),
  slaBreached: count(),
  tickets: listOf(resolvedTicket).description(`The newest ${LISTED_TICKETS}.`),
};

export const technicianResultAnswer = view('TechnicianResult', 'What a technician resolved in the period.', {
  technicianId: id().allow(null).description('`null`: the system resolved it.'),
  ...resultFields,
});

export const satisfactionAnswer = view('Satisfaction', 'How customers rated tickets.', {
  count: count(),
  mean: Joi.number().min(1).max(5).allow(null).description('`null`: there are no ratings.'),
  distribution: fields(Object.fromEntries(SCORES.map((score) => [score, count()]))).description('How often each score was given.'),
});
