import { DateTime } from 'luxon';
import { typedIn, type PageQuery } from '@riparo/shared/http/page-query';
import { isDomainError } from '@riparo/shared/errors/domain-error';
import type { Language } from '@riparo/shared/time/write-time';
import { REGIONS, writeDay } from '@riparo/shared/time/write-time';
import type { AskedPeriod } from '../period.js';
import { periodQuery, type ReadPeriod, type ResolvedPeriod } from '../tenant-period.js';

const ISO = 'yyyy-MM-dd';

/** The day after, or that of some days later. */
export const plusDays = (day: string, days: number): string => DateTime.fromISO(day, { zone: 'utc' }).plus({ days }).toFormat(ISO);

export interface PagePeriod {
  readonly resolved: ResolvedPeriod;
  /** Whether what was asked for is no period, so that this is the usual one. */
  readonly isRefused: boolean;
}

/** People say the last day that belongs to a period (`until`), the API the first one that does not (`to`). */
const askedIn = (query: PageQuery): AskedPeriod | undefined => {
  const [from, until] = [typedIn(query, 'from')[0], typedIn(query, 'until')[0]];
  const checked = periodQuery.validate({ ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { to: until }) });
  if (checked.error !== undefined) return undefined;
  const { value } = checked;
  return value.to === undefined ? value : { ...value, to: plusDays(value.to, 1) };
};

/** The period that a page shows: that of its address, else the last 30 days. */
export const pagePeriod = async (readPeriod: ReadPeriod, tenantId: string, query: PageQuery, now: Date): Promise<PagePeriod> => {
  const asked = askedIn(query);
  if (asked !== undefined)
    try {
      return { resolved: await readPeriod(tenantId, asked, now), isRefused: false };
    } catch (error) {
      if (!isDomainError(error) || error.kind !== 'invalid') throw error;
    }
  return { resolved: await readPeriod(tenantId, {}, now), isRefused: true };
};

/** A day, a month or a year of a period, as charts and tables show it. */
export interface Slice {
  readonly label: string;
  readonly from: string;
  readonly until: string;
}

/** More days than these are shown by month, and more months than these by year. */
const MOST_DAYS = 31;
const MOST_MONTHS = 36;

const monthOf = (day: string, language: Language): string =>
  DateTime.fromISO(day, { zone: 'utc' }).setLocale(REGIONS[language]).toFormat('LLL yyyy');

/** The period in at most 31 days, at most 36 months, or years. */
export const slicesOf = ({ days }: ResolvedPeriod, language: Language): readonly Slice[] => {
  if (days.length <= MOST_DAYS) return days.map((day) => ({ label: writeDay(day, language), from: day, until: day }));
  const isByYear = days.length > MOST_MONTHS * MOST_DAYS;
  const slices = new Map<string, Slice>();
  for (const day of days) {
    const [year, month] = [day.slice(0, 4), day.slice(0, 7)];
    const key = isByYear ? year : month;
    slices.set(key, { label: isByYear ? year : monthOf(day, language), from: slices.get(key)?.from ?? day, until: day });
  }
  return [...slices.values()];
};

/** What some days have, by slice. */
export const bySlice = <T extends { readonly date: string }>(
  slices: readonly Slice[],
  days: readonly T[],
  valueOf: (day: T) => number,
): readonly number[] => {
  const sums = slices.map(() => 0);
  for (const day of days) {
    const index = slices.findIndex(({ from, until }) => from <= day.date && day.date <= until);
    if (index >= 0) sums[index] = (sums[index] ?? 0) + valueOf(day);
  }
  return sums;
};
