import Joi from 'joi';
import { WEEKDAYS } from '../../contracts/enums.js';
import { SCHEMA, fields, listOf, view } from './answer.js';

/** joi pieces of answers. Each is always there until `.optional()` is added. */

export const id = (): Joi.StringSchema => Joi.string().uuid();
export const text = (): Joi.StringSchema => Joi.string().allow('');
/** A whole number from 0. */
export const count = (): Joi.NumberSchema => Joi.number().integer().min(0);
export const flag = (): Joi.BooleanSchema => Joi.boolean();
/** ISO 8601 in UTC with milliseconds. */
export const moment = (): Joi.StringSchema => Joi.string().isoDate();
/** `2026-01-31`, of the centre's time zone. */
export const calendarDay = (): Joi.StringSchema => Joi.string().meta({ [SCHEMA]: { type: 'string', format: 'date' } });
export const oneOf = (values: readonly string[]): Joi.StringSchema => Joi.string().valid(...values);
/** Any JSON object: what is in it, the description says. */
export const anything = (about: string): Joi.ObjectSchema => Joi.object().unknown(true).description(about);
/** An entity's version, also its `ETag`. */
export const version = (): Joi.NumberSchema => Joi.number().integer().min(1).description('Counts changes; `"3"` is the ETag of version 3.');

/** Something else, and what it is called. */
export const named = (): Joi.ObjectSchema => view('Named', 'Something else, with what it is called.', { id: id(), name: text() });

export const money = (): Joi.ObjectSchema =>
  view('Money', 'An amount in minor units: 1250 and EUR are 12.50 euros.', {
    amount: Joi.number().integer(),
    currency: Joi.string().length(3).description('ISO 4217.'),
  });

/** Within one day. */
export const interval = (): Joi.ObjectSchema =>
  view('TimeInterval', 'From `start` to `end`, on the wall clock of the time zone (`09:00`).', { start: text(), end: text() });

/** The business calendar of `contracts/enums.ts`. */
export const calendarFields = {
  timeZone: text().description('IANA name, such as `Europe/Rome`.'),
  weekly: fields(Object.fromEntries(WEEKDAYS.map((weekday) => [weekday, listOf(interval()).optional()]))).description(
    'Working hours by weekday; a weekday that is missing is closed.',
  ),
  exceptions: listOf(fields({ date: calendarDay(), intervals: listOf(interval()), name: text().optional() })).description(
    'Days with other hours; without intervals the day is closed.',
  ),
};
export const businessCalendar = (): Joi.ObjectSchema => view('BusinessCalendar', 'When the centre works.', calendarFields);
