import type { PublishedAppointment } from '@riparo/shared/contracts/appointments.events';

/** What this service remembers of an appointment: whether a device was served by it, and when. */
export interface Booking {
  readonly customerId: string;
  readonly assetId?: string;
  /** When it was completed; missing while it was not. */
  readonly servedAt?: Date;
}

export const toBooking = ({ customerId, assetId, status, actualEndAt, scheduledEndAt }: PublishedAppointment): Booking => ({
  customerId,
  ...(assetId === undefined ? {} : { assetId }),
  ...(status === 'COMPLETED' ? { servedAt: new Date(actualEndAt ?? scheduledEndAt) } : {}),
});
