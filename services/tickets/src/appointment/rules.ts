import type { AppointmentType } from '@riparo/shared/contracts/enums';
import type { TicketsConfig } from '../config.js';
import type { SlotRules } from './slot/slot.js';

/** Configuration of appointments. */
export interface AppointmentRules {
  readonly bufferMinutes: number;
  /** Shortest time between a customer's booking and the start. Staff can book from now on. */
  readonly noticeMinutes: number;
  readonly dailyCap: number;
  readonly stepMinutes: number;
  /** Customers may move or cancel until so many minutes before the start. */
  readonly changeNoticeMinutes: number;
  readonly dropOffPlaces: number;
  /** Length of an appointment of each type, where the request states none. */
  readonly minutes: Readonly<Record<AppointmentType, number>>;
}

export const appointmentRulesOf = (config: TicketsConfig): AppointmentRules => ({
  bufferMinutes: config.APPOINTMENT_BUFFER_MINUTES,
  noticeMinutes: config.APPOINTMENT_NOTICE_MINUTES,
  dailyCap: config.APPOINTMENT_DAILY_CAP,
  stepMinutes: config.APPOINTMENT_STEP_MINUTES,
  changeNoticeMinutes: config.APPOINTMENT_CHANGE_NOTICE,
  dropOffPlaces: config.DROP_OFF_PLACES,
  minutes: {
    REMOTE_SESSION: config.REMOTE_SESSION_MINUTES,
    ONSITE_VISIT: config.ONSITE_VISIT_MINUTES,
    DROP_OFF: config.DROP_OFF_MINUTES,
  },
});

/** Longest appointment. An appointment that reaches into a time starts at most this long before it. */
export const MAX_MINUTES = 12 * 60;
export const MIN_MINUTES = 5;

/** Rules for the engine. Staff need no notice, and a place at the desk has no daily cap. */
export const slotRulesOf = (rules: AppointmentRules, timeZone: string, isStaff: boolean, diary: 'TECHNICIAN' | 'DESK'): SlotRules => ({
  timeZone,
  bufferMinutes: rules.bufferMinutes,
  noticeMinutes: isStaff ? 0 : rules.noticeMinutes,
  dailyCap: diary === 'DESK' ? 0 : rules.dailyCap,
  stepMinutes: rules.stepMinutes,
});

/** A drop-off without a named technician takes a place at the desk; any other appointment takes a technician's time. */
export const isAtDesk = (type: AppointmentType, technicianId: string | undefined): boolean =>
  type === 'DROP_OFF' && technicianId === undefined;
