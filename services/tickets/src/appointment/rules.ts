import type { AppointmentType } from '@riparo/shared/contracts/enums';
import type { TicketsConfig } from '../config.js';
import type { SlotRules } from './slot/slot.js';

/** What the configuration says of appointments. */
export interface AppointmentRules {
  readonly bufferMinutes: number;
  /** How soon a customer can book; the desk can book from now on. */
  readonly noticeMinutes: number;
  readonly dailyCap: number;
  readonly stepMinutes: number;
  /** Until how long before the start customers may move or cancel. */
  readonly changeNoticeMinutes: number;
  readonly dropOffPlaces: number;
  /** How long an appointment of each type takes unless somebody says otherwise. */
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

/** No appointment lasts longer; neighbours of a time are looked for within this and a day. */
export const MAX_MINUTES = 12 * 60;
export const MIN_MINUTES = 5;

/** The engine's rules: staff know what they do and need no notice, and a place at the desk has no limit a day. */
export const slotRulesOf = (rules: AppointmentRules, timeZone: string, isStaff: boolean, diary: 'TECHNICIAN' | 'DESK'): SlotRules => ({
  timeZone,
  bufferMinutes: rules.bufferMinutes,
  noticeMinutes: isStaff ? 0 : rules.noticeMinutes,
  dailyCap: diary === 'DESK' ? 0 : rules.dailyCap,
  stepMinutes: rules.stepMinutes,
});

/** Who comes to the desk takes one of its places; everything else takes a technician's time. */
export const isAtDesk = (type: AppointmentType, technicianId: string | undefined): boolean =>
  type === 'DROP_OFF' && technicianId === undefined;
