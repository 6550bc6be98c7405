import type { SubjectKind } from '@riparo/shared/contracts/appointments.events';
import type { AppointmentType } from '@riparo/shared/contracts/enums';
import type { PublishedCustomer, PublishedSettings } from '@riparo/shared/contracts/auth.events';
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { Appointment } from '../appointment.js';
import { customerName } from '../../replica/replicas.js';

/** What a calendar shows of an appointment. Calendars are kept on other people's servers: nothing internal goes there. */
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

/** For the customer: what, with whom, and what they said themselves. */
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

/** For staff: who it is for and how to reach them. Notes of technicians and ways to get in stay in Riparo. */
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

/** RFC 5545, all times in UTC, so that no reader needs to know any time zone. */
export const calendarFile = (name: string, entries: readonly CalendarEntry[]): Buffer => {
  const calendar = ical({ name, prodId: { company: 'Riparo', product: 'Riparo' }, method: ICalCalendarMethod.PUBLISH });
  for (const { appointment, summary, description } of entries) {
    const { id, version, scheduledStartAt, scheduledEndAt, location, status, createdAt, updatedAt } = appointment;
    calendar.createEvent({
      id: `${id}@riparo`,
      start: scheduledStartAt,
      end: scheduledEndAt,
      summary,
      description,
      location: location === undefined ? null : `${location.name}, ${location.address}`,
      status: status === 'CANCELLED' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      // Grows with every change, and so with every move: readers take the highest.
      sequence: version - 1,
      // Not the moment of the reading, or the file would never be the same twice.
      stamp: updatedAt,
      created: createdAt,
      lastModified: updatedAt,
    });
  }
  return Buffer.from(calendar.toString());
};

export const CALENDAR_TYPE = 'text/calendar; charset=utf-8';
