import { APPOINTMENT_TYPES, type AppointmentType } from '@riparo/shared/contracts/enums';
import type { Caller } from '@riparo/shared/contracts/caller';
import { invalidInput } from '@riparo/shared/errors/common-errors';
import type { FieldFault } from '@riparo/shared/errors/domain-error';
import { instant, oneOf, paragraph, uuid } from '@riparo/shared/http/schemas';
import { DAY_MS, MINUTE_MS } from '@riparo/shared/time/units';
import { MAX_MINUTES, MIN_MINUTES } from './rules.js';
import { MAX_DAYS_AHEAD } from '../kernel/preferred-time.js';

export interface Times {
  readonly scheduledStartAt: Date;
  readonly scheduledEndAt: Date;
}

export interface BookingBody extends Times {
  readonly type: AppointmentType;
  readonly locationId?: string;
  readonly technicianId?: string;
  /** `null`: none, even if the ticket has one. */
  readonly vehicleId?: string | null;
  readonly customerNotes?: string;
  readonly technicianNotes?: string;
}

export const notes = () => paragraph(2_000);

/** Fields of every booking, about a ticket or a repair. */
export const bookingFields = () => ({
  type: oneOf(APPOINTMENT_TYPES).required(),
  scheduledStartAt: instant().required(),
  scheduledEndAt: instant().required(),
  locationId: uuid(),
  technicianId: uuid(),
  vehicleId: uuid().allow(null),
  customerNotes: notes(),
  technicianNotes: notes(),
});

/** Faults of a pair of times that do not depend on any diary. */
export const timeFaults = ({ scheduledStartAt: start, scheduledEndAt: end }: Times, now: Date): readonly FieldFault[] => {
  const minutes = (end.getTime() - start.getTime()) / MINUTE_MS;
  const faults: FieldFault[] = [];
  if (start.getTime() > now.getTime() + MAX_DAYS_AHEAD * DAY_MS)
    faults.push({ path: 'scheduledStartAt', message: `must lie within the next ${MAX_DAYS_AHEAD} days` });
  if (minutes <= 0) faults.push({ path: 'scheduledEndAt', message: 'must be after scheduledStartAt' });
  else if (minutes < MIN_MINUTES || minutes > MAX_MINUTES)
    faults.push({ path: 'scheduledEndAt', message: `must be ${MIN_MINUTES} to ${MAX_MINUTES} minutes after scheduledStartAt` });
  return faults;
};

/** Nobody drives to a session, and to the desk customers come themselves. */
export const notForVehicles: FieldFault = { path: 'vehicleId', message: 'is for an ONSITE_VISIT only' };

/** A field that only staff may send is an unknown field in a customer's request. */
export const staffFieldFaults = (caller: Caller, body: object, fields: readonly string[]): readonly FieldFault[] =>
  caller.customerId === undefined
    ? []
    : fields
        .filter((field) => (body as Readonly<Record<string, unknown>>)[field] !== undefined)
        .map((path) => ({ path, message: 'is not a known field' }));

export const refuse = (faults: readonly FieldFault[]): void => {
  if (faults.length > 0) throw invalidInput(faults);
};

export const minutesOf = ({ scheduledStartAt, scheduledEndAt }: Times): number =>
  (scheduledEndAt.getTime() - scheduledStartAt.getTime()) / MINUTE_MS;
export const spanOf = ({ scheduledStartAt, scheduledEndAt }: Times) => ({ from: scheduledStartAt.getTime(), to: scheduledEndAt.getTime() });
