import { SettingsChanged, type PublishedSettings } from '@riparo/shared/contracts/auth.events';
import type { FiscalIdentity, InvoiceTerms, PickupTerms, WorkTerms, WorkWarrantyTerms } from '@riparo/shared/contracts/centre-terms';
import type { BusinessCalendar } from '@riparo/shared/contracts/enums';
import type { DomainEvent } from '@riparo/shared/contracts/event';
import { compact } from '@riparo/shared/json/compact';
import type { Decision, Draft, Entity } from '@riparo/shared/persistence/repository';
import { changedFields } from '../audit/audit-event.js';

export interface SettingsData {
  readonly companyName: string;
  readonly address?: string;
  readonly contactEmail?: string;
  readonly contactPhone?: string;
  readonly logoUrl?: string;
  /** `#rrggbb`, in small letters. */
  readonly brandColour?: string;
  /** IANA name. */
  readonly timeZone: string;
  /** BCP 47. */
  readonly locale: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly calendar: BusinessCalendar;
  readonly fiscalIdentity?: FiscalIdentity;
  readonly invoiceTerms?: InvoiceTerms;
  readonly workWarranty?: WorkWarrantyTerms;
  readonly pickupTerms?: PickupTerms;
  readonly workTerms?: WorkTerms;
}

/** One per tenant; its id is the tenant's. */
export interface Settings extends Entity, SettingsData {}

export interface SettingsDefaults {
  readonly companyName: string;
  readonly timeZone: string;
  readonly locale: string;
  readonly currency: string;
}

const OFFICE_DAY = [
  { start: '09:00', end: '13:00' },
  { start: '14:00', end: '18:00' },
];

export const defaultSettings = (tenantId: string, defaults: SettingsDefaults): Draft<Settings> => ({
  id: tenantId,
  ...defaults,
  calendar: {
    timeZone: defaults.timeZone,
    weekly: { monday: OFFICE_DAY, tuesday: OFFICE_DAY, wednesday: OFFICE_DAY, thursday: OFFICE_DAY, friday: OFFICE_DAY },
    exceptions: [],
  },
});

export const published = (settings: SettingsData): PublishedSettings => {
  const { companyName, contactEmail, contactPhone, address, logoUrl, brandColour, timeZone, locale, currency, calendar } = settings;
  const { fiscalIdentity, invoiceTerms, workWarranty, pickupTerms, workTerms } = settings;
  return compact({
    ...{ companyName, contactEmail, contactPhone, address, logoUrl, brandColour, timeZone, locale, currency, calendar },
    ...{ fiscalIdentity, invoiceTerms, workWarranty, pickupTerms, workTerms },
  });
};

/** Also at first start, so that the other services count in the right time zone from the beginning. */
export const settingsChanged = (settings: SettingsData): readonly DomainEvent[] => [
  SettingsChanged.with({ settings: published(settings) }),
];

/** Nothing changed, nothing told. */
export const changeSettings = (before: Settings, data: SettingsData): Decision<Settings> => {
  const { id, version, createdAt, updatedAt } = before;
  const state = { ...data, id, version, createdAt, updatedAt };
  return changedFields(before, state).fields === '' ? { state: before } : { state, events: settingsChanged(state) };
};

/** As endpoints answer settings: without the tenant and the time of the first start. */
export const settingsView = ({ id: _tenant, createdAt: _made, ...settings }: Settings) => settings;
