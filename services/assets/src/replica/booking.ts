import type { AppointmentStatus } from '@riparo/shared/contracts/enums';
import { subjectOf, type PublishedAppointment, type PublishedSubject } from '@riparo/shared/contracts/appointments.events';
import { compact } from '@riparo/shared/json/compact';

/** The way to a visit in a vehicle. */
export interface Trip {
  readonly vehicleId: string;
  readonly technicianId?: string;
  readonly technicianName?: string;
  readonly visit: PublishedSubject;
  readonly at: Date;
  readonly endedAt?: Date;
}

/** What this service remembers of an appointment: whether a device was served by it, when, and who drove there in which vehicle. */
export interface Booking {
  readonly customerId: string;
  readonly assetId?: string;
  /** When it was completed; missing while it was not. */
  readonly servedAt?: Date;
  /** The technician who is to visit a location, and that location; only until the visit is over. */
  readonly visitorId?: string;
  readonly visitedLocationId?: string;
  /** From the moment that somebody set out; missing where the appointment was called off. */
  readonly trip?: Trip;
}

const OVER: readonly AppointmentStatus[] = ['COMPLETED', 'CANCELLED'];

const visitOf = ({ status, technicianId, location }: PublishedAppointment): Pick<Booking, 'visitorId' | 'visitedLocationId'> =>
  technicianId === undefined || location === undefined || OVER.includes(status)
    ? {}
    : { visitorId: technicianId, visitedLocationId: location.id };

const DRIVEN: readonly AppointmentStatus[] = ['IN_TRANSIT', 'IN_PROGRESS', 'COMPLETED'];

const tripOf = (appointment: PublishedAppointment): Pick<Booking, 'trip'> => {
  const { vehicleId, technicianId, technicianName, status, actualStartAt, actualEndAt, scheduledStartAt } = appointment;
  if (vehicleId === undefined || !DRIVEN.includes(status)) return {};
  const at = new Date(actualStartAt ?? scheduledStartAt);
  const endedAt = actualEndAt === undefined ? undefined : new Date(actualEndAt);
  return { trip: compact({ vehicleId, technicianId, technicianName, visit: subjectOf(appointment), at, endedAt }) };
};

export const toBooking = (appointment: PublishedAppointment): Booking => {
  const { customerId, assetId, status, actualEndAt, scheduledEndAt } = appointment;
  return {
    customerId,
    ...(assetId === undefined ? {} : { assetId }),
    ...(status === 'COMPLETED' ? { servedAt: new Date(actualEndAt ?? scheduledEndAt) } : {}),
    ...visitOf(appointment),
    ...tripOf(appointment),
  };
};
