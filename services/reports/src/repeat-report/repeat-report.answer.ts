import { fields, listOf, view } from '@riparo/shared/http/reference/answer';
import { count, id, text } from '@riparo/shared/http/reference/answer-fields';
import Joi from 'joi';
import { periodAnswer } from '../report.answer.js';

const figures = {
  completed: count(),
  repeated: count().description('Whose device was taken in again within `days` of its collection.'),
  claimed: count().description("Because of which the centre's own warranty was claimed, at any time."),
  failed: count().description('Either of the two.'),
  rate: Joi.number().min(0).max(1).allow(null).description('Failed of completed. `null`: nothing was completed.'),
};

export const repeatReportAnswer = view('RepeatRepairReport', 'How many of the repairs completed in a period came back.', {
  period: periodAnswer,
  days: count(),
  ...figures,
  technicians: listOf(fields({ technicianId: id(), name: text(), ...figures })).description('Who did the first repair.'),
});
