import { definitionOf, TEMPLATE_KEYS } from './template.js';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/;

const isTime = (value: unknown, shape: RegExp): value is string =>
  typeof value === 'string' && shape.test(value) && !Number.isNaN(Date.parse(value));

/** A day without an hour, such as `2026-12-31`. */
export const isDay = (value: unknown): value is string => isTime(value, DAY);

const isDayOrMoment = (value: unknown): value is string => isDay(value) || isTime(value, MOMENT);

/** The names of days and moments, as the samples have them. A title that happens to be `2026-12-31` is a title. */
const TIMES = new Set(
  TEMPLATE_KEYS.flatMap((key) => Object.entries(definitionOf(key).sample)).flatMap(([name, value]) => (isDayOrMoment(value) ? [name] : [])),
);

interface Money {
  readonly amount: number;
  readonly currency: string;
}

export const isMoney = (value: unknown): value is Money =>
  typeof value === 'object' && value !== null && 'amount' in value && typeof value.amount === 'number' && 'currency' in value;

/** What a helper works on: the time itself, also where it comes from `readable`. */
export const timeOf = (value: unknown): unknown => (typeof value === 'object' && value !== null && 'time' in value ? value.time : value);

type Write = (value: unknown) => string;

/** Data in which days, moments and amounts print as people read them, also in a text that names no helper: `{{endDate}}`. */
export const readable = (
  data: object,
  { when, money }: { readonly when: Write; readonly money: Write },
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(data).map(([name, value]: [string, unknown]) => {
      if (isMoney(value)) return [name, { ...value, toString: () => money(value) }];
      if (!TIMES.has(name) || !isDayOrMoment(value)) return [name, value];
      return [name, { time: value, toString: () => when(value) }];
    }),
  );
