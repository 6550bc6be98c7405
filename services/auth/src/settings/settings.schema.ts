import { WEEKDAYS, type BusinessCalendar } from '@riparo/shared/contracts/enums';
import { day, email, line, paragraph, phone } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { IANAZone } from 'luxon';
import { intervals, locale } from '../user/user.schema.js';
import type { SettingsData } from './settings.js';
import { fiscalIdentity, invoiceTerms, pickupTerms, workTerms, workWarranty } from './terms.schema.js';

const zone = (): Joi.StringSchema =>
  Joi.string()
    .max(60)
    .custom((name: string, helpers) =>
      IANAZone.isValidZone(name) ? name : helpers.message({ custom: 'must be an IANA time zone such as Europe/Rome' }),
    );

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

const currency = Joi.string().custom((code: string, helpers) =>
  CURRENCIES.has(code) ? code : helpers.message({ custom: 'must be an ISO 4217 code such as EUR' }),
);

/** A lunch break is two intervals; an exception without intervals is a closed day. Its zone is the company's own. */
const calendar = Joi.object<BusinessCalendar>({
  timeZone: zone().valid(Joi.ref('/timeZone')).messages({ 'any.only': "must be the company's time zone" }),
  weekly: Joi.object(Object.fromEntries(WEEKDAYS.map((weekday) => [weekday, intervals]))).required(),
  exceptions: Joi.array()
    .items(Joi.object({ date: day().required(), intervals: intervals.required(), name: line(100) }))
    .unique('date')
    .max(1_000)
    .default([]),
});

export type SettingsBody = Omit<SettingsData, 'calendar'> & {
  readonly calendar: Omit<BusinessCalendar, 'timeZone'> & { readonly timeZone?: string };
};

export const settingsSchema = Joi.object<SettingsBody>({
  companyName: line().required(),
  address: paragraph(500),
  contactEmail: email(),
  contactPhone: phone(),
  logoUrl: Joi.string()
    .max(2_000)
    .uri({ scheme: ['http', 'https'] })
    .messages({ 'string.uri': 'must be a web address', 'string.uriCustomScheme': 'must be a web address' }),
  brandColour: Joi.string()
    .lowercase()
    .pattern(/^#[0-9a-f]{6}$/)
    .messages({ 'string.pattern.base': 'must be a colour such as #1f6feb' }),
  timeZone: zone().required(),
  locale: locale().required(),
  currency: currency.required(),
  calendar: calendar.required(),
  fiscalIdentity,
  invoiceTerms,
  workWarranty,
  pickupTerms,
  workTerms,
});
