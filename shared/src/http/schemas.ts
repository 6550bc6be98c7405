import Joi from 'joi';
import type { Money } from '../contracts/money.js';
import { SCHEMA } from './reference/answer.js';
import { normalCode, normalEmail, normalLine, normalText } from '../text/normal.js';

/**
 * joi fragments for request bodies and queries. Each is optional until `.required()` is added. Texts are checked and passed on
 * in their normal form (see text/normal.ts).
 */

export const uuid = (): Joi.StringSchema => Joi.string().uuid({ separator: '-', wrapper: false }).lowercase();

/** No control characters; `\n`, `\r` and `\t` are control characters too. */
const ONE_LINE = /^\P{Cc}*$/u;
/** No control characters except line ends and tabs. */
const MANY_LINES = /^(?:\P{Cc}|[\n\r\t])*$/u;

const NO_CONTROLS = { 'string.pattern.base': 'must not hold control characters' };

/** Texts that get their normal form before any rule sees them, so that one with nothing visible is as empty as `""`. */
const texts = (normal: (text: string) => string): (() => Joi.StringSchema) => {
  const prepare = (value: unknown) => ({ value: typeof value === 'string' ? normal(value) : value });
  // joi's types say `any` of what is extended.
  const root = Joi.extend({ type: 'string', base: Joi.string(), prepare }) as Pick<Joi.Root, 'string'>;
  return () => root.string();
};
const lineText = texts(normalLine);
const codeText = texts(normalCode);
const linesText = texts(normalText);
const emailText = texts(normalEmail);

/** One line, trimmed, not empty, `max` characters at most. */
export const line = (max = 200): Joi.StringSchema => lineText().min(1).max(max).pattern(ONE_LINE).messages(NO_CONTROLS);

/** One line that people copy from labels and forms, such as a serial number: `ＳＮ–1` is `SN-1`. */
export const code = (max = 100): Joi.StringSchema => codeText().min(1).max(max).pattern(ONE_LINE).messages(NO_CONTROLS);

/** Text of several lines, trimmed, not empty; line ends become `\n`. */
export const paragraph = (max = 10_000): Joi.StringSchema => linesText().min(1).max(max).pattern(MANY_LINES).messages(NO_CONTROLS);

/** Lower-cased, so that addresses can be compared; the domain is not looked up. RFC 5321 allows 254 characters. */
export const email = (): Joi.StringSchema =>
  emailText()
    .lowercase()
    .max(254)
    .email({ tlds: { allow: false } });

/** 8 to 128 characters. bcrypt reads 72 bytes; the hasher deals with that limit. */
export const password = (): Joi.StringSchema => Joi.string().min(8).max(128);

/** Digits, blanks and `+ - . / ( )`, with 5 to 15 digits (E.164). */
export const phone = (): Joi.StringSchema =>
  codeText()
    .max(30)
    .pattern(/^\+?(?:[ ().\-/]*\d){5,15}[ ().\-/]*$/)
    .messages({ 'string.pattern.base': 'must be a phone number' });

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** JavaScript would otherwise read the 30th of February as the 2nd of March. */
const isDay = (text: string): boolean => {
  const at = Date.parse(`${text}T00:00:00Z`);
  return DAY.test(text) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
};

/** A moment with its offset: `…Z`, `…+01:00`. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T.*(?:Z|[+-]\d{2}:?\d{2})$/i;
const NO_INSTANT = 'must be an ISO 8601 date with its offset such as 2026-01-31T09:00:00Z';

/**
 * ISO 8601 with offset or `Z`; becomes a `Date`. A time without an offset is refused: it would be read on the wall clock
 * of the machine that the service runs on. A day alone is refused too: where a whole day means something, `dayOrInstant`
 * takes it.
 */
export const instant = (): Joi.DateSchema =>
  Joi.date()
    .iso()
    .custom((value: Date, helpers) => {
      const original: unknown = helpers.original;
      if (typeof original !== 'string') return value;
      return INSTANT.test(original) && isDay(original.slice(0, 10)) ? value : helpers.message({ custom: NO_INSTANT });
    });

/** A calendar day, `2026-01-31`; stays text. */
export const day = (): Joi.StringSchema =>
  Joi.string()
    .custom((text: string, helpers) => (isDay(text) ? text : helpers.message({ custom: 'must be a day such as 2026-01-31' })))
    .meta({ [SCHEMA]: { type: 'string', format: 'date' } });

const SHAPE_OF_DAY = Joi.string().pattern(DAY);

/**
 * A calendar day (stays text) or a moment (becomes a `Date`). 2026-02-30 is refused, not read as the 2nd of March. What
 * else may be given is said of the moment: `dayOrInstant(instant().allow(null))`.
 */
export const dayOrInstant = (moment = instant()): Joi.AlternativesSchema =>
  Joi.alternatives().conditional(SHAPE_OF_DAY, { then: day(), otherwise: moment });

/** One of a fixed set of values. */
export const oneOf = <T extends string>(values: readonly T[]): Joi.StringSchema<T> => Joi.string<T>().valid(...values);

/** Ten million euros: more than any repair costs, and far below 2^53, where numbers become inexact. */
const MAX_AMOUNT = 1_000_000_000;
const minorUnits = (min: number): Joi.NumberSchema => Joi.number().integer().min(min).max(MAX_AMOUNT);

/** An amount of minor units with its currency: `{ amount: 1250, currency: 'EUR' }` is 12.50 euros. */
export const money = (min = 0): Joi.ObjectSchema<Money> =>
  Joi.object<Money>({
    amount: minorUnits(min).required(),
    currency: Joi.string()
      .pattern(/^[A-Z]{3}$/)
      .required()
      .messages({ 'string.pattern.base': 'must be an ISO 4217 code such as EUR' }),
  });

/** Like `money`, or the bare number of minor units. A bare number is in the currency of the thing that is paid. */
export const moneyOrMinorUnits = (min = 0): Joi.AlternativesSchema<Money | number> =>
  Joi.alternatives<Money | number>().conditional(Joi.object().unknown(), { then: money(min), otherwise: minorUnits(min).strict() });
