import type { AppointmentStatus } from '@riparo/shared/contracts/enums';
import type { PublishedAppointment } from '@riparo/shared/contracts/appointments.events';

/** What this service remembers of an appointment: whether a device was served by it, and when. */
export interface Booking {
  readonly customerId: string;
  readonly assetId?: string;
  /** When it was completed; missing while it was not. */
  readonly servedAt?: Date;
  /** The technician who is to visit a location, and that location; only until the visit is over. */
  readonly visitorId?: string;
  readonly visitedLocationId?: string;
}

const OVER: readonly AppointmentStatus[] = ['COMPLETED', 'CANCELLED'];

const visitOf = ({ status, technicianId, location }: PublishedAppointment): Pick<Booking, 'visitorId' | 'visitedLocationId'> =>
  technicianId === undefined || location === undefined || OVER.includes(status)
    ? {}
    : { visitorId: technicianId, visitedLocationId: location.id };

export const toBooking = (appointment: PublishedAppointment): Booking => {
  const { customerId, assetId, status, actualEndAt, scheduledEndAt } = appointment;
  return {
    customerId,
    ...(assetId === undefined ? {} : { assetId }),
    ...(status === 'COMPLETED' ? { servedAt: new Date(actualEndAt ?? scheduledEndAt) } : {}),
    ...visitOf(appointment),
  };
};
