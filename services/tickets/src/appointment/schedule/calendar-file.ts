import type { SubjectKind } from '@riparo/shared/contracts/appointments.events';
import type { AppointmentType } from '@riparo/shared/contracts/enums';
import type { PublishedCustomer, PublishedSettings } from '@riparo/shared/contracts/auth.events';
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { Appointment } from '../appointment.js';
import { versionForCustomers } from '../../kernel/shown-version.js';
import { customerName } from '../../replica/replicas.js';

/** An appointment in a calendar file. Other companies' servers keep calendars, so the file holds nothing internal. */
export interface CalendarEntry {
  readonly appointment: Appointment;
  readonly summary: string;
  readonly description: string;
}

const WORDS: Readonly<Record<'en' | 'it', Readonly<Record<AppointmentType | SubjectKind | 'technician' | 'phone', string>>>> = {
  en: {
    REMOTE_SESSION: 'Remote session',
    ONSITE_VISIT: 'On-site visit',
    DROP_OFF: 'Device at the desk',
    technician: 'Technician',
    TICKET: 'Ticket',
    REPAIR: 'Repair',
    phone: 'Phone',
  },
  it: {
    REMOTE_SESSION: 'Assistenza remota',
    ONSITE_VISIT: 'Visita a domicilio',
    DROP_OFF: 'Consegna del dispositivo',
    technician: 'Tecnico',
    TICKET: 'Ticket',
    REPAIR: 'Riparazione',
    phone: 'Telefono',
  },
};

type Language = Pick<PublishedSettings, 'companyName' | 'locale'>;

const wordsFor = (settings: Partial<Language> | undefined) => WORDS[settings?.locale?.startsWith('it') === true ? 'it' : 'en'];
const lines = (...parts: readonly (string | undefined)[]): string => parts.filter((part) => part !== undefined && part !== '').join('\n');

/** For the customer: type, technician, and the customer's own notes. */
export const forCustomer = (appointment: Appointment, settings: Partial<Language> | undefined): CalendarEntry => {
  const words = wordsFor(settings);
  const { type, subject, technicianName, customerNotes, remoteSessionUrl } = appointment;
  return {
    appointment,
    summary: [settings?.companyName, words[type]].filter((part) => part !== undefined).join(': '),
    description: lines(
      `${words[subject.kind]}: ${subject.number}`,
      technicianName === undefined ? undefined : `${words.technician}: ${technicianName}`,
      remoteSessionUrl,
      customerNotes,
    ),
  };
};

/** For staff: customer and phone. Technicians' notes and access notes stay in Riparo. */
export const forStaff = (
  appointment: Appointment,
  settings: Partial<Language> | undefined,
  customer: PublishedCustomer | undefined,
): CalendarEntry => {
  const words = wordsFor(settings);
  const { type, subject, customerNotes, remoteSessionUrl } = appointment;
  const phone = customer?.contactPhone;
  return {
    appointment,
    summary: [words[type], customer === undefined ? undefined : customerName(customer)].filter((part) => part !== undefined).join(': '),
    description: lines(
      `${words[subject.kind]}: ${subject.number}`,
      phone === undefined ? undefined : `${words.phone}: ${phone}`,
      remoteSessionUrl,
      customerNotes,
    ),
  };
};

/** RFC 5545. All times are in UTC, so a calendar program needs no time zone data. */
export const calendarFile = (name: string, entries: readonly CalendarEntry[]): Buffer => {
  const calendar = ical({ name, prodId: { company: 'Riparo', product: 'Riparo' }, method: ICalCalendarMethod.PUBLISH });
  for (const { appointment, summary, description } of entries) {
    const { id, scheduledStartAt, scheduledEndAt, location, status, createdAt, updatedAt } = appointment;
    calendar.createEvent({
      id: `${id}@riparo`,
      start: scheduledStartAt,
      end: scheduledEndAt,
      summary,
      description,
      location: location === undefined ? null : `${location.name}, ${location.address}`,
      status: status === 'CANCELLED' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      // Grows with every change that a customer sees, the only ones in here. Calendar programs keep the highest sequence.
      sequence: versionForCustomers(appointment) - 1,
      // `stamp` is the last change, not the time of the download: otherwise two downloads would never be equal, and no ETag would match.
      stamp: updatedAt,
      created: createdAt,
      lastModified: updatedAt,
    });
  }
  return Buffer.from(calendar.toString());
};

export const CALENDAR_TYPE = 'text/calendar; charset=utf-8';
