import { startOf, type DayOrInstant } from '../time/local-day.js';
import { dayOrInstant } from './schemas.js';

/** `from` and `to` of a list as they are asked for: moments, or days of the centre's calendar. */
export interface AskedPeriod {
  readonly from?: DayOrInstant;
  readonly to?: DayOrInstant;
}

export interface Period {
  /** Inclusive. */
  readonly from?: Date;
  /** Exclusive. */
  readonly to?: Date;
}

/** A query as it arrives, for one that a use case reads with moments: `Asked<Filters>` beside `Filters extends Period`. */
export type Asked<Q extends Period> = Omit<Q, keyof Period> & AskedPeriod;

/** The fields of a query. Every list that can be limited to a period takes them, so that a day means the same in all. */
export const periodFields = () => ({ from: dayOrInstant(), to: dayOrInstant() });

/**
 * The query with moments: a day is its beginning in the tenant's time zone, for `to` as well. `from=2026-11-28&to=2026-11-29`
 * is the whole 28th of the centre.
 */
export const withMoments = <Q extends AskedPeriod>({ from, to, ...query }: Q, timeZone: string): Omit<Q, keyof AskedPeriod> & Period => ({
  ...query,
  ...(from === undefined ? {} : { from: startOf(from, timeZone) }),
  ...(to === undefined ? {} : { to: startOf(to, timeZone) }),
});

/** The condition on a date field; `undefined` without a limit. */
export const rangeOf = ({ from, to }: Period): { readonly $gte?: Date; readonly $lt?: Date } | undefined =>
  from === undefined && to === undefined
    ? undefined
    : { ...(from === undefined ? {} : { $gte: from }), ...(to === undefined ? {} : { $lt: to }) };
