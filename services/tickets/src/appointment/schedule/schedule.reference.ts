import { bytes, nothing, one, pageOf } from '@riparo/shared/http/reference/answer';
import { operations, type Tag } from '@riparo/shared/http/route';
import { addedTimeOffAnswer, calendarFeedAnswer, scheduleAnswer, timeOffAnswer, workloadAnswer } from './schedule.answer.js';

const SCHEDULES: Tag = { name: 'Schedules', about: 'When technicians work, are away, and how much they have to do.' };

export const SCHEDULE_OPERATIONS = operations(SCHEDULES, {
  getSchedule: { answer: one(scheduleAnswer) },
  listTimeOff: { answer: pageOf(timeOffAnswer) },
  addTimeOff: { answer: one(addedTimeOffAnswer), problems: { 409: ['TIME_OFF_TOO_MANY'] } },
  removeTimeOff: { answer: nothing, unversioned: true },
  openCalendarFeed: { answer: one(calendarFeedAnswer) },
  closeCalendarFeed: { answer: nothing, unversioned: true },
  getCalendarFeed: {
    answer: bytes(['text/calendar']),
    headers: { ETag: 'Of this content, for `If-None-Match`.' },
    others: { 304: { about: 'The calendar is still the one that `If-None-Match` names.', answer: nothing } },
  },
  listWorkloads: { answer: pageOf(workloadAnswer) },
});
