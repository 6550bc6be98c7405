import type { PublishedAppointment } from '@riparo/shared/contracts/appointments.events';

/** What this service remembers of an appointment: whether a device was served by it, and when. */
export interface Visit {
  readonly customerId: string;
  readonly assetId?: string;
  /** When it was completed; missing while it was not. */
  readonly servedAt?: Date;
}

export const toVisit = ({ customerId, assetId, status, actualEndAt, scheduledEndAt }: PublishedAppointment): Visit => ({
  customerId,
  ...(assetId === undefined ? {} : { assetId }),
  ...(status === 'COMPLETED' ? { servedAt: new Date(actualEndAt ?? scheduledEndAt) } : {}),
});
