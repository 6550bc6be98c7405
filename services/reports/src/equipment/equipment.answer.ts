import { listOf, view } from '@riparo/shared/http/reference/answer';
import { count, text } from '@riparo/shared/http/reference/answer-fields';
import Joi from 'joi';
import { periodAnswer } from '../report.answer.js';

const countedText = view('CountedText', 'A text, and in how many repairs it stands.', { text: text(), count: count() });
const texts = (about: string) => listOf(countedText).description(about);

const model = view('ModelFailures', 'How often devices of a model failed, and why.', {
  brand: text(),
  model: text(),
  count: count(),
  share: Joi.number().min(0).max(1).description('Of all failures of the period, from 0 to 1.'),
  medianDaysSincePurchase: Joi.number().min(0).allow(null).description('Age at the intake. `null`: not known.'),
  problems: texts('The most frequent problems.'),
  problemWords: texts('The most frequent words of all problems.'),
  solutions: texts('What helped most often.'),
});

export const equipmentReportAnswer = view('EquipmentReport', 'Failures by brand and model: repairs completed or refused in a period.', {
  period: periodAnswer,
  total: count().description('Failures of all devices.'),
  failures: count().description('Failures of the devices that were asked for.'),
  modelCount: count().description('Models with failures; those with the most of them are listed.'),
  models: listOf(model),
});
