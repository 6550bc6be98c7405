import Joi from 'joi';
import { IANAZone } from 'luxon';
import type { PublishedSettings } from '@riparo/shared/contracts/auth.events';
import { day, oneOf } from '@riparo/shared/http/schemas';
import type { Replica } from '@riparo/shared/persistence/replica';
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

export const createReadPeriod =
  (settings: Replica<PublishedSettings>, defaultTimeZone: string): ReadPeriod =>
  async (tenantId, asked, now) => {
    const zone = (await settings.in(tenantId).findOne({}))?.timeZone;
    const timeZone = zone !== undefined && IANAZone.isValidZone(zone) ? zone : defaultTimeZone;
    const period = asked === 'today' ? todayOf(timeZone, now) : periodOf(asked, timeZone, now);
    const days = daysOf(period);
    return { ...days, period, span: spanOf(days) };
  };
