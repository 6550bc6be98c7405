import { REPAIR_STATUS_NAMES, REPAIR_STATUS_NAMES_IT } from '@riparo/shared/contracts/enums';
import type { SentReport } from '@riparo/shared/contracts/reports.events';
import { REGIONS, writeDay, writeTime, type TimeFormat } from '@riparo/shared/time/write-time';
import { isDay, isMoney, timeOf } from './readable.js';
import type { Locale } from './template.js';

type Labels = Readonly<Record<Locale, Readonly<Record<string, string>>>>;

const TICKET_STATUSES: Labels = {
  en: { OPEN: 'open', IN_PROGRESS: 'in progress', WAITING_CUSTOMER: 'waiting for your answer', RESOLVED: 'resolved', CLOSED: 'closed' },
  it: {
    OPEN: 'aperto',
    IN_PROGRESS: 'in lavorazione',
    WAITING_CUSTOMER: 'in attesa di una tua risposta',
    RESOLVED: 'risolto',
    CLOSED: 'chiuso',
  },
};

const APPOINTMENT_TYPES: Labels = {
  en: { REMOTE_SESSION: 'Remote session', ONSITE_VISIT: 'Visit', DROP_OFF: 'At our desk' },
  it: { REMOTE_SESSION: 'Sessione remota', ONSITE_VISIT: 'Visita', DROP_OFF: 'Al nostro banco' },
};

const REPAIR_STATUSES: Labels = { en: REPAIR_STATUS_NAMES, it: REPAIR_STATUS_NAMES_IT };

const PAYMENT_METHODS: Labels = {
  en: { CASH: 'cash', CARD: 'card', BANK_TRANSFER: 'bank transfer', ONLINE: 'online', OTHER: 'other' },
  it: { CASH: 'contanti', CARD: 'carta', BANK_TRANSFER: 'bonifico', ONLINE: 'online', OTHER: 'altro' },
};

const REPORTS = {
  en: {
    tickets: 'Tickets',
    technicians: 'Technicians',
    'repairs/summary': 'Repairs',
    payments: 'Cash book',
    revenue: 'Revenue',
    quotes: 'Quotes',
    parts: 'Parts',
    'repeat-repairs': 'Repeat repairs',
    equipment: 'Equipment failures',
    'open-amounts': 'Open amounts',
    dashboard: 'Dashboard',
  },
  it: {
    tickets: 'Ticket',
    technicians: 'Tecnici',
    'repairs/summary': 'Riparazioni',
    payments: 'Prima nota',
    revenue: 'Fatturato',
    quotes: 'Preventivi',
    parts: 'Ricambi',
    'repeat-repairs': 'Riparazioni ripetute',
    equipment: 'Guasti dei dispositivi',
    'open-amounts': 'Importi da incassare',
    dashboard: 'Riepilogo del giorno',
  },
} as const satisfies Readonly<Record<Locale, Readonly<Record<SentReport, string>>>>;

const wordIn =
  (words: Labels, locale: Locale) =>
  (value: unknown): string =>
    words[locale][String(value)] ?? String(value);

/** A day alone (`2026-12-04`) as a day, whatever is asked of it; a moment on the tenant's wall clock. Other text stays as it is. */
const timeIn =
  (locale: Locale, timeZone: unknown, format: TimeFormat) =>
  (given: unknown): string => {
    const value = timeOf(given);
    if (isDay(value)) return writeDay(value, locale, { dateStyle: 'full' });
    const at = new Date(String(value));
    if (Number.isNaN(at.getTime())) return String(value);
    return writeTime(at, locale, typeof timeZone === 'string' ? timeZone : 'UTC', format);
  };

/** `{ amount, currency }` in minor units, of which a currency has none, two or three digits; text stays as it is. */
const moneyIn =
  (locale: Locale) =>
  (value: unknown): string => {
    if (!isMoney(value)) return String(value);
    const format = new Intl.NumberFormat(REGIONS[locale], { style: 'currency', currency: value.currency });
    return format.format(value.amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 0));
  };

/** What texts can say of a value: `{{when start}}`. */
export const helpersFor = (locale: Locale, timeZone: unknown) => ({
  ticketStatus: wordIn(TICKET_STATUSES, locale),
  appointmentType: wordIn(APPOINTMENT_TYPES, locale),
  repairStatus: wordIn(REPAIR_STATUSES, locale),
  paymentMethod: wordIn(PAYMENT_METHODS, locale),
  reportName: wordIn(REPORTS, locale),
  when: timeIn(locale, timeZone, { dateStyle: 'full', timeStyle: 'short' }),
  clock: timeIn(locale, timeZone, { timeStyle: 'short' }),
  money: moneyIn(locale),
});

export const KNOWN_HELPERS = {
  if: true,
  unless: true,
  each: true,
  with: true,
  ...(Object.fromEntries(Object.keys(helpersFor('en', 'UTC')).map((name) => [name, true])) as Readonly<Record<string, true>>),
};
