import { view } from '@riparo/shared/http/reference/answer';
import { calendarDay, count, text } from '@riparo/shared/http/reference/answer-fields';
import Joi from 'joi';

export const timeZone = () => text().description('IANA name, such as `Europe/Rome`.');

export const periodAnswer = view('ReportPeriod', 'Days of a time zone.', {
  from: calendarDay(),
  to: calendarDay().description('The first day after the period.'),
  timeZone: timeZone(),
});

/** `statistics.ts` */
const minutes = () => Joi.number().allow(null).description('`null`: there were none.');
export const timesAnswer = view('TimeStatistics', 'Times in minutes, by the clock on the wall.', {
  count: count(),
  meanMinutes: minutes(),
  medianMinutes: minutes(),
  p90Minutes: minutes().description('Nine of ten took no longer. `null`: there were none.'),
});
