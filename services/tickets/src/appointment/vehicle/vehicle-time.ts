import type { Span } from '../../kernel/working-time.js';
import { freeStarts, refusalOf } from '../slot/free-slots.js';
import type { Booking, Diary, SlotRules, Travel, WantedSlot } from '../slot/slot.js';

/** When a vehicle can be on a visit: at any hour, but not while it is on another one, nor on the way between the two. */
export interface VehicleTime {
  isTaken(at: Span): boolean;
  /** Moments in the window at which the wanted visit can begin, as half-open spans. */
  startsIn(window: Span): readonly Span[];
}

/** A vehicle has neither hours nor a cap nor a notice. Buffers and ways count as for its technicians. */
export const createVehicleTime = (
  vehicleId: string,
  bookings: readonly Booking[],
  wanted: WantedSlot,
  rules: Pick<SlotRules, 'timeZone' | 'bufferMinutes' | 'stepMinutes'>,
  travel: Travel,
): VehicleTime => {
  const always: SlotRules = { ...rules, noticeMinutes: 0, dailyCap: 0 };
  const diaryOf = (open: Span): Diary => ({ technicianId: vehicleId, open: [open], bookings });
  return {
    isTaken: (at) => refusalOf(diaryOf(at), wanted, at, always, travel, at.from) !== undefined,
    startsIn: (window) => freeStarts(diaryOf(window), wanted, window, always, travel, window.from),
  };
};
