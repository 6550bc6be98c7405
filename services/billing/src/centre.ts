import type { PublishedSettings } from '@riparo/shared/contracts/auth.events';
import type { Language } from '@riparo/shared/time/write-time';
import { DateTime } from 'luxon';
import type { BillingConfig } from './config.js';
import type { Replicas } from './replica/replicas.js';

/** What the tenant's settings say, as far as documents need it. */
export interface Centre extends Pick<
  PublishedSettings,
  'contactEmail' | 'contactPhone' | 'address' | 'logoUrl' | 'brandColour' | 'fiscalIdentity' | 'invoiceTerms'
> {
  readonly companyName: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly locale: string;
}

export type CentreOf = (tenantId: string) => Promise<Centre>;

type Defaults = Pick<BillingConfig, 'DEFAULT_TIMEZONE' | 'DEFAULT_CURRENCY'>;

/** The tenant's settings; until these have arrived, the configured ones. */
export const createCentreOf =
  ({ settings }: Pick<Replicas, 'settings'>, { DEFAULT_TIMEZONE: timeZone, DEFAULT_CURRENCY: currency }: Defaults): CentreOf =>
  async (tenantId) =>
    (await settings.in(tenantId).find(tenantId)) ?? { companyName: '', locale: 'en', timeZone, currency };

/** English unless the locale is Italian. */
export const languageOf = (locale: string): Language => (locale.startsWith('it') ? 'it' : 'en');

const inZone = (at: Date, { timeZone }: Pick<Centre, 'timeZone'>): DateTime => DateTime.fromJSDate(at, { zone: timeZone });

/** The calendar day of a moment in the centre's time zone, `days` later: `2026-01-31`. */
export const dayAfter = (at: Date, centre: Pick<Centre, 'timeZone'>, days = 0): string =>
  inZone(at, centre).plus({ days }).toFormat('yyyy-MM-dd');

export const yearOf = (at: Date, centre: Pick<Centre, 'timeZone'>): string => inZone(at, centre).toFormat('yyyy');

/** The moment at which a calendar day ends in the centre's time zone. */
export const endOfDay = (day: string, { timeZone }: Pick<Centre, 'timeZone'>): Date =>
  DateTime.fromISO(day, { zone: timeZone }).plus({ days: 1 }).startOf('day').toJSDate();
