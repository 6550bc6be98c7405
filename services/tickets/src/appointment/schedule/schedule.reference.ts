import { operations, type Tag } from '@riparo/shared/http/route';

const SCHEDULE_TAG: Tag = { name: 'Schedules', about: 'When technicians work, are away, and how much they have to do.' };

export const SCHEDULE_OPERATIONS = operations(SCHEDULE_TAG, {
  getSchedule: {},
  listTimeOff: {},
  addTimeOff: {},
  removeTimeOff: {},
  openCalendarFeed: {},
  closeCalendarFeed: {},
  getCalendarFeed: {},
  listWorkloads: {},
});
