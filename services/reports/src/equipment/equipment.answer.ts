import { fields, listOf, view } from '@riparo/shared/http/reference/answer';
import { count, id, text } from '@riparo/shared/http/reference/answer-fields';
import Joi from 'joi';
import { periodAnswer } from '../report.answer.js';

const countedText = view('CountedText', 'A text, and in how many repairs it stands.', { text: text(), count: count() });
const texts = (about: string) => listOf(countedText).description(about);

const rate = (about: string) => Joi.number().min(0).allow(null).description(about);

const model = view('ModelFailures', 'How often devices of a model failed, and why.', {
  brand: text(),
  model: text(),
  count: count(),
  share: Joi.number().min(0).max(1).description('Of all failures of the period, from 0 to 1.'),
  medianDaysSincePurchase: Joi.number().min(0).allow(null).description('Age at the intake. `null`: not known.'),
  problems: listOf(
    view('CountedProblem', 'A problem, in how many repairs it stands, and what solved it.', {
      text: text(),
      count: count(),
      solutions: texts('What solved it most often.'),
    }),
  ).description('The most frequent problems.'),
  problemWords: texts('The most frequent words of all problems.'),
  solutions: texts('What helped most often.'),
  registered: count().description('Devices of the model that are registered now and not retired.'),
  rate: rate('Failures for each registered device. `null`: none is registered.'),
  meanHoursToRepair: Joi.number()
    .min(0)
    .allow(null)
    .description('From intake to a completed repair, by the clock on the wall. `null`: none was completed.'),
  repeats: count().description('Failures within 90 days of the collection of the same device.'),
  repeatRate: rate('Of the failures of the model.'),
  components: texts('What failed, by approved work reports.'),
  parts: texts('Parts that were built in, and in how many repairs.'),
  ages: listOf(fields({ years: count(), count: count() })).description(
    'Failures by whole years since the purchase, as far as it is known.',
  ),
  cases: listOf(fields({ id: id(), symptom: text(), solution: text(), usefulCount: count() })).description(
    'Published knowledge cases of the model.',
  ),
});

export const equipmentReportAnswer = view('EquipmentReport', 'Failures by brand and model: repairs completed or refused in a period.', {
  period: periodAnswer,
  total: count().description('Failures of all devices.'),
  failures: count().description('Failures of the devices that were asked for.'),
  modelCount: count().description('Models with failures; those with the most of them are listed.'),
  models: listOf(model),
  components: texts('What failed most often of all models listed, by approved work reports.'),
});
