import Joi from 'joi';
import type { Money } from '../contracts/money.js';

/** joi fragments for request bodies and queries. Each is optional until `.required()` is added. */

export const uuid = (): Joi.StringSchema => Joi.string().uuid({ separator: '-', wrapper: false }).lowercase();

/** Anything but control characters; `\n`, `\r` and `\t` are such too. */
const ONE_LINE = /^\P{Cc}*$/u;
/** Control characters other than line ends and tabs. */
const MANY_LINES = /^(?:\P{Cc}|[\n\r\t])*$/u;

const NO_CONTROLS = { 'string.pattern.base': 'must not hold control characters' };

/** One line, trimmed, not empty, `max` characters at most. */
export const line = (max = 200): Joi.StringSchema => Joi.string().trim().min(1).max(max).pattern(ONE_LINE).messages(NO_CONTROLS);

/** Text of several lines, trimmed, not empty; line ends become `\n`. */
export const paragraph = (max = 10_000): Joi.StringSchema =>
  Joi.string().replace(/\r\n?/g, '\n').trim().min(1).max(max).pattern(MANY_LINES).messages(NO_CONTROLS);

/** Lower-cased, so that addresses compare; the domain is not looked up. RFC 5321 allows 254 characters. */
export const email = (): Joi.StringSchema =>
  Joi.string()
    .trim()
    .lowercase()
    .max(254)
    .email({ tlds: { allow: false } });

/** 8 to 128 characters; bcrypt's own limit of 72 bytes is the hasher's business. */
export const password = (): Joi.StringSchema => Joi.string().min(8).max(128);

/** Digits, blanks and `+ - . / ( )`, with 5 to 15 digits (E.164). */
export const phone = (): Joi.StringSchema =>
  Joi.string()
    .trim()
    .max(30)
    .pattern(/^\+?(?:[ ().\-/]*\d){5,15}[ ().\-/]*$/)
    .messages({ 'string.pattern.base': 'must be a phone number' });

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The 30th of February would otherwise become the 2nd of March. */
const isDay = (text: string): boolean => {
  const at = Date.parse(`${text}T00:00:00Z`);
  return DAY.test(text) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
};

/** A day alone, or a moment that says where on earth it is: `…Z`, `…+01:00`. */
const INSTANT = /^\d{4}-\d{2}-\d{2}(?:T.*(?:Z|[+-]\d{2}:?\d{2}))?$/i;
const NO_INSTANT = 'must be an ISO 8601 date with its offset such as 2026-01-31T09:00:00Z';

/**
 * ISO 8601 with offset or `Z`, or a day alone (its beginning in UTC); becomes a `Date`. Without its offset a time would
 * be read on the wall clock of whatever machine the service runs on.
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
  Joi.string().custom((text: string, helpers) => (isDay(text) ? text : helpers.message({ custom: 'must be a day such as 2026-01-31' })));

/** One of a fixed set of words. */
export const oneOf = <T extends string>(values: readonly T[]): Joi.StringSchema<T> => Joi.string<T>().valid(...values);

/** More than any repair costs; far from where numbers become inexact. */
const MAX_AMOUNT = 1_000_000_000;
const minorUnits = (min: number): Joi.NumberSchema => Joi.number().integer().min(min).max(MAX_AMOUNT);

/** An amount of minor units (cents) with its currency. */
export const money = (min = 0): Joi.ObjectSchema<Money> =>
  Joi.object<Money>({
    amount: minorUnits(min).required(),
    currency: Joi.string()
      .pattern(/^[A-Z]{3}$/)
      .required()
      .messages({ 'string.pattern.base': 'must be an ISO 4217 code such as EUR' }),
  });

/** As `money`, or the bare number of minor units: then it is in the currency of whatever it is for. */
export const moneyOrMinorUnits = (min = 0): Joi.AlternativesSchema<Money | number> =>
  Joi.alternatives<Money | number>().conditional(Joi.object().unknown(), { then: money(min), otherwise: minorUnits(min).strict() });
