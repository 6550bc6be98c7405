import { fields, listOf, view } from '@riparo/shared/http/reference/answer';
import { calendarDay, count, id, money, text } from '@riparo/shared/http/reference/answer-fields';
import Joi from 'joi';
import { periodAnswer } from '../report.answer.js';

const period = periodAnswer;

const technicianRepairs = view('TechnicianRepairs', 'Repairs that a technician completed or refused in the period.', {
  technicianId: id(),
  name: text(),
  processed: count().description('`completed` and `refused` together.'),
  completed: count(),
  refused: count(),
  medianHours: Joi.number().min(0).allow(null).description('From intake to outcome, by the clock on the wall.'),
});
const byTechnician = listOf(technicianRepairs).description('The busiest first.');

const productionCost = listOf(money()).description('What the repairs cost the centre, a sum for each currency.');
/** What came out of repairs in a span. */
export const outcomeFields = {
  completed: count(),
  refused: count(),
  productionCost,
  revenue: listOf(money()).description('What was charged, without what was waived, a sum for each currency.'),
};

export const repairSummaryAnswer = view('RepairSummaryReport', 'Repairs completed or refused in a period.', {
  period,
  ...outcomeFields,
  byTechnician,
});

const byDay = listOf(fields({ date: calendarDay(), count: count() })).description('Every day of the period.');
export const completedRepairsAnswer = view('CompletedRepairsReport', 'Repairs completed in a period.', {
  period,
  completed: count(),
  byDay,
});
export const refusedRepairsAnswer = view('RefusedRepairsReport', 'Repairs refused in a period.', { period, refused: count(), byDay });

export const productionCostAnswer = view('ProductionCostReport', 'What the repairs completed or refused in a period cost the centre.', {
  period,
  productionCost,
  repairs: count().description('Repairs whose cost is known.'),
  repairsWithoutCost: count(),
});

export const repairsByTechnicianAnswer = view('RepairsByTechnicianReport', 'Repairs completed or refused in a period, by technician.', {
  period,
  byTechnician,
});
