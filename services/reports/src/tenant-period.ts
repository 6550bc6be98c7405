import Joi from 'joi';
import { IANAZone } from 'luxon';
import type { PublishedSettings } from '@riparo/shared/contracts/auth.events';
import { day, oneOf } from '@riparo/shared/http/schemas';
import type { Replica } from '@riparo/shared/persistence/replica';
import type { ZoneOf } from './counting/up-to-date.js';
import { daysOf, periodOf, spanOf, todayOf, type AskedPeriod, type Period, type PeriodDays } from './period.js';

export interface PeriodQuery extends AskedPeriod {
  /** The same as the `Accept` header, for links. */
  readonly format?: 'json' | 'csv';
}
/** For reports that can be asked for more. */
export const periodFields = { from: day(), to: day(), format: oneOf(['json', 'csv'] as const) };
export const periodQuery = Joi.object<PeriodQuery>(periodFields);

export interface ResolvedPeriod extends PeriodDays {
  readonly period: Period;
  readonly span: { readonly from: Date; readonly to: Date };
}

/** A period in the tenant's time zone. */
export type ReadPeriod = (tenantId: string, asked: AskedPeriod | 'today', now: Date) => Promise<ResolvedPeriod>;

/** The time zone of the tenant's settings. */
export const createZoneOf =
  (settings: Replica<PublishedSettings>, defaultTimeZone: string): ZoneOf =>
  async (tenantId) => {
    const zone = (await settings.in(tenantId).findOne({}))?.timeZone;
    return zone !== undefined && IANAZone.isValidZone(zone) ? zone : defaultTimeZone;
  };

export const createReadPeriod =
  (zoneOf: ZoneOf): ReadPeriod =>
  async (tenantId, asked, now) => {
    const timeZone = await zoneOf(tenantId);
    const period = asked === 'today' ? todayOf(timeZone, now) : periodOf(asked, timeZone, now);
    const days = daysOf(period);
    return { ...days, period, span: spanOf(days) };
  };
