import { nothing, one, pageOf } from '@riparo/shared/http/reference/answer';
import { operations, type Tag } from '@riparo/shared/http/route';
import { scheduleAnswer } from './report-schedule.answer.js';

const REPORT_SCHEDULES: Tag = { name: 'Report schedules', about: 'Reports that go out by mail as CSV, every day, week or month.' };

export const REPORT_SCHEDULE_OPERATIONS = operations(REPORT_SCHEDULES, {
  listReportSchedules: { answer: pageOf(scheduleAnswer) },
  createReportSchedule: { answer: one(scheduleAnswer) },
  getReportSchedule: { answer: one(scheduleAnswer) },
  updateReportSchedule: { answer: one(scheduleAnswer) },
  removeReportSchedule: { answer: nothing },
});
