import type { Entity } from '@riparo/shared/persistence/repository';
import type { Permission } from '@riparo/shared/contracts/permissions';
import type { Category } from '../preference/preference.js';
import { REPAIR_TEMPLATES } from './repair-templates.js';

export const LOCALES = ['en', 'it'] as const;
export type Locale = (typeof LOCALES)[number];

/** Handlebars sources. A blank line in `body` begins a paragraph. */
export interface TemplateText {
  readonly subject: string;
  readonly body: string;
  /** What the button under the text says; there is one when the data has a `link`. */
  readonly action?: string;
}

/** What ADMINs made of a built-in text. */
export interface TemplateEntity extends Entity, TemplateText {
  readonly key: string;
  readonly locale: Locale;
}

export interface TemplateDefinition {
  readonly category: Category;
  readonly description: string;
  /** Data as the service gives it, for previews and for checking changed texts; also tells what can be used. */
  readonly sample: Readonly<Record<string, unknown>>;
  /** Work waits for the answer, so nobody can switch the mail off. */
  readonly needsAnswer?: boolean;
  /**
   * How soon it goes out. AT_ONCE: it is late when it waits. AWAITED: somebody waits for it, so it is not held for what else may
   * change, but quiet hours and digests count. Missing: it may wait a little.
   */
  readonly pace?: 'AT_ONCE' | 'AWAITED';
  /** Only for users whose role has this permission when the message goes out. */
  readonly permission?: Permission;
}

const person = { name: 'Ada Rossi', company: 'Riparo' };
const ticket = {
  ...person,
  ticketNumber: 'TKT-2026-001',
  title: 'The screen stays black',
  device: 'Office laptop',
  priority: 'HIGH',
  technician: 'Grace Bianchi',
  customer: 'Studio Verdi',
  companyPhone: '+39 059 654321',
  link: 'https://support.example.com/tickets/0199a0c0-0000-7000-8000-000000000000',
};
const link = 'https://support.example.com/';
/** Of a ticket; one of a repair has `repairNumber` instead of `ticketNumber`. */
const appointment = {
  ...person,
  ticketNumber: 'TKT-2026-001',
  type: 'ONSITE_VISIT',
  start: '2026-03-03T09:00:00.000Z',
  end: '2026-03-03T10:00:00.000Z',
  timeZone: 'Europe/Rome',
  technician: 'Grace Bianchi',
  customer: 'Studio Verdi',
  companyPhone: '+39 059 654321',
  device: 'Office laptop',
  address: 'Office, Via Roma 1, 41121 Modena MO, IT',
  notes: 'Ring twice',
  appointmentLink: 'https://support.example.com/appointments/example',
  link: 'https://support.example.com/tickets/0199a0c0-0000-7000-8000-000000000000',
};
const previousStart = '2026-03-02T09:00:00.000Z';

/** Every message the service knows how to write. */
export const TEMPLATES = {
  'registration-approved': {
    category: 'SECURITY',
    description: 'To a member of staff whose registration was approved.',
    sample: { ...person, link },
  },
  'registration-rejected': {
    category: 'SECURITY',
    description: 'To a member of staff whose registration was rejected.',
    sample: { ...person, reason: 'We could not verify the certificate.' },
  },
  'ticket-opened': { category: 'TICKETS', description: 'To the customer who opened a ticket.', sample: ticket },
  'ticket-assigned-customer': { category: 'TICKETS', description: 'To the customer: somebody is on it.', sample: ticket },
  'ticket-assigned-technician': { category: 'ASSIGNMENTS', description: 'To the technician who was given a ticket.', sample: ticket },
  'ticket-unassigned-technician': { category: 'ASSIGNMENTS', description: 'To the technician a ticket was taken from.', sample: ticket },
  'ticket-replied-customer': {
    pace: 'AWAITED',
    category: 'REPLIES',
    description: 'To the customer: a reply by staff.',
    sample: { ...ticket, reply: 'Please bring it in.' },
  },
  'ticket-replied-technician': {
    pace: 'AWAITED',
    category: 'REPLIES',
    description: 'To the technician, or to the desk when nobody has the ticket: a reply by the customer.',
    sample: { ...ticket, reply: 'It happened again.' },
  },
  'ticket-status-changed': {
    category: 'TICKETS',
    description: 'To the customer: the state of a ticket changed.',
    sample: { ...ticket, status: 'IN_PROGRESS' },
  },
  'ticket-resolved': {
    category: 'TICKETS',
    description: 'To the customer: resolved, with the resolution.',
    sample: { ...ticket, resolution: 'New display cable.' },
  },
  'ticket-sla-breached': {
    pace: 'AT_ONCE',
    category: 'ASSIGNMENTS',
    description: 'To the technician, or to the desk when nobody has the ticket: a promised time has passed.',
    sample: { ...ticket, clock: 'RESPONSE' },
  },
  'ticket-sla-due-soon': {
    pace: 'AT_ONCE',
    category: 'ASSIGNMENTS',
    description: 'To the technician, or to the desk when nobody has the ticket: a promised time is near.',
    sample: { ...ticket, clock: 'RESOLUTION' },
  },
  'ticket-rated-badly': {
    category: 'ASSIGNMENTS',
    description: 'To the desk and to the technician: a customer was not satisfied.',
    sample: { ...ticket, score: 1, comment: 'It took far too long.' },
  },
  'plan-expiring': {
    category: 'PLANS',
    description: 'To the customer: a service plan ends soon.',
    sample: { ...person, plan: 'Office care', endDate: '2026-12-31', daysLeft: 30 },
  },
  'ticket-merged': {
    category: 'TICKETS',
    description: 'To the customer: a ticket goes on under another number.',
    sample: { ...ticket, into: 'TKT-2026-002' },
  },
  'ticket-unmerged': {
    category: 'TICKETS',
    description: 'To the customer: a ticket goes on under its own number again.',
    sample: { ...ticket, from: 'TKT-2026-002' },
  },
  'ticket-merged-technician': {
    category: 'ASSIGNMENTS',
    description: 'To the technician who had a ticket: it goes on under another number.',
    sample: { ...ticket, into: 'TKT-2026-002' },
  },
  'ticket-closed': {
    category: 'TICKETS',
    description: 'To the customer: closed, with the link to rate how it went.',
    sample: { ...ticket, ratingLink: 'https://support.example.com/rate/example' },
  },
  'appointment-booked': {
    category: 'APPOINTMENTS',
    description: 'To the customer: booked, with the link to confirm, move or cancel.',
    sample: appointment,
  },
  'appointment-moved': {
    category: 'APPOINTMENTS',
    description: 'To the customer: it has another time.',
    sample: { ...appointment, previousStart },
  },
  'appointment-cancelled': {
    category: 'APPOINTMENTS',
    description: 'To the customer: called off, or nobody was there (`noShow`), or the ticket or repair is done (`done`).',
    sample: { ...appointment, kind: 'STAFF', noShow: false, done: false, reason: 'The part has not arrived.' },
  },
  'appointment-on-the-way': {
    pace: 'AT_ONCE',
    category: 'APPOINTMENTS',
    description: 'To the customer: the technician has set out.',
    sample: { ...appointment, arrival: '2026-03-03T08:55:00.000Z' },
  },
  'appointment-completed': {
    category: 'APPOINTMENTS',
    description: 'To the customer: it took place; what was done.',
    sample: { ...appointment, summary: 'Replaced the fan and tested it for an hour.' },
  },
  'appointment-reminder': {
    pace: 'AT_ONCE',
    category: 'APPOINTMENTS',
    description: 'To the customer a day and two hours (`soon`) before, with the link to confirm, move or cancel.',
    sample: { ...appointment, soon: false },
  },
  'appointment-booked-technician': {
    category: 'APPOINTMENTS',
    description: 'To the technician who was given an appointment.',
    sample: appointment,
  },
  'appointment-moved-technician': {
    category: 'APPOINTMENTS',
    description: 'To the technician: an appointment of theirs has another time.',
    sample: { ...appointment, previousStart },
  },
  'appointment-cancelled-technician': {
    category: 'APPOINTMENTS',
    description: 'To the technician: an appointment of theirs was called off, or given to somebody else.',
    sample: { ...appointment, reason: 'The part has not arrived.' },
  },
  'appointment-needs-replanning': {
    category: 'APPOINTMENTS',
    description:
      'To the desk: somebody left (`left`) or takes time off, or a vehicle is gone (`vehicleGone`), and an appointment needs replanning.',
    sample: { ...appointment, left: true, vehicleGone: false },
  },
  'report-ready': {
    category: 'REPORTS',
    description:
      'To whom a report schedule names: the report with its CSV (`attached`), or that the file is too large for a mail (`tooLarge`) or no longer kept (`gone`).',
    permission: 'read:reports',
    sample: {
      ...person,
      report: 'tickets',
      firstDay: '2026-02-23',
      lastDay: '2026-03-01',
      madeAt: '2026-03-02T06:00:00.000Z',
      timeZone: 'Europe/Rome',
      fileName: 'tickets-2026-W09.csv',
      attached: true,
      gone: false,
      tooLarge: false,
      link: 'https://support.example.com/reports/tickets?from=2026-02-23&to=2026-03-02',
    },
  },
  'webhook-switched-off': {
    category: 'ASSIGNMENTS',
    description: 'To administrators: a webhook was switched off, because its receiver is gone (`gone`) or nothing reached it for two days.',
    permission: 'manage:webhooks',
    sample: {
      ...person,
      host: 'erp.example.com',
      about: 'Bookkeeping',
      gone: false,
      at: '2026-03-02T06:00:00.000Z',
      timeZone: 'Europe/Rome',
      link,
    },
  },
  ...REPAIR_TEMPLATES,
} as const satisfies Record<string, TemplateDefinition>;

export type TemplateKey = keyof typeof TEMPLATES;
export const TEMPLATE_KEYS = Object.keys(TEMPLATES) as TemplateKey[];
export const isTemplateKey = (key: string): key is TemplateKey => Object.hasOwn(TEMPLATES, key);
export const definitionOf = (key: TemplateKey): TemplateDefinition => TEMPLATES[key];

/** `it-CH` → `it`; a language that has no texts gets English. */
export const localeFor = (...wanted: readonly (string | undefined)[]): Locale => {
  for (const tag of wanted) {
    const language = tag?.toLowerCase().split(/[-_]/)[0];
    const found = LOCALES.find((locale) => locale === language);
    if (found !== undefined) return found;
  }
  return 'en';
};
