import { day, instant } from '@riparo/shared/http/schemas';
import { DAY_MS } from '@riparo/shared/time/units';
import Joi from 'joi';
import { DateTime } from 'luxon';
import type { Span } from './working-time.js';
import { spansOfDay } from './local-days.js';

/** A whole day of the tenant's calendar (`2026-08-14`), or a moment. */
export type DayOrInstant = string | Date;

const SHAPE_OF_DAY = Joi.string().pattern(/^\d{4}-\d{2}-\d{2}$/);

/** What looks like a day has to be one: the 30th of February is not the 2nd of March. */
export const dayOrInstant = (): Joi.AlternativesSchema =>
  Joi.alternatives().conditional(SHAPE_OF_DAY, { then: day(), otherwise: instant() });

/** From the first moment of a day on the wall clock … */
export const beginOf = (value: DayOrInstant, timeZone: string): number => edgesOf(value, timeZone).from;
/** … until its last: who is away until the 14th is away on the 14th too. */
export const endOf = (value: DayOrInstant, timeZone: string): number => edgesOf(value, timeZone).to;

const edgesOf = (value: DayOrInstant, timeZone: string): Span => {
  if (value instanceof Date) return { from: value.getTime(), to: value.getTime() };
  const midnight = Date.parse(`${value}T00:00:00Z`);
  const spans = spansOfDay(timeZone, midnight / DAY_MS);
  // A day that a zone has never had (it moved across the date line) is no time at all.
  return { from: spans[0]?.from ?? midnight, to: spans.at(-1)?.to ?? midnight };
};

/** `2026-08-14`, as the wall calendar shows it at that moment. */
export const localDateOf = (at: Date, timeZone: string): string => DateTime.fromJSDate(at, { zone: timeZone }).toFormat('yyyy-MM-dd');

/** The day of the wall calendar that a moment lies in. */
export const todayOf = (at: Date, timeZone: string): Span => edgesOf(localDateOf(at, timeZone), timeZone);
