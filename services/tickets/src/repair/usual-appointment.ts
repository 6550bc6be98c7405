import type { AppointmentType, AssetCategory } from '@riparo/shared/contracts/enums';
import type { Repair } from './repair.js';

/** Nobody brings these to a desk. */
const STATIONARY: readonly AssetCategory[] = ['SERVER', 'NETWORK'];

/** What a preferred time is for when nothing is said: the device is brought, unless it is built in and it is known where. */
export const usualAppointment = ({ device, locationId }: Pick<Repair, 'device' | 'locationId'>): AppointmentType =>
  locationId !== undefined && STATIONARY.includes(device.category) ? 'ONSITE_VISIT' : 'DROP_OFF';
