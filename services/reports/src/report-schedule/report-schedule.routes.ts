import { create, get, put, remove, type Route } from '@riparo/shared/http/route';
import type { Dependencies } from '../dependencies.js';
import { addSchedule, putSchedule, removeSchedule } from './change-schedule.js';
import { getReportFile, reportFileInput } from './get-report-file.js';
import { getSchedule, listSchedules } from './read-schedules.js';
import { REPORT_SCHEDULE_OPERATIONS } from './report-schedule.reference.js';
import { listSchedulesQuery, scheduleBody } from './report-schedule.schema.js';

export const reportScheduleRoutes = (deps: Dependencies): readonly Route[] => [
  get(
    '/reports/schedules',
    'read:reports',
    'Lists your report schedules; administrators see those of everybody.',
    { query: listSchedulesQuery },
    listSchedules(deps),
    REPORT_SCHEDULE_OPERATIONS.listReportSchedules,
  ),
  create(
    '/reports/schedules',
    'read:reports',
    'Sends a report by mail as CSV from now on, every day, week or month.',
    { body: scheduleBody },
    addSchedule(deps),
    REPORT_SCHEDULE_OPERATIONS.createReportSchedule,
  ),
  get(
    '/reports/schedules/:id',
    'read:reports',
    'Returns a report schedule.',
    {},
    getSchedule(deps),
    REPORT_SCHEDULE_OPERATIONS.getReportSchedule,
  ),
  put(
    '/reports/schedules/:id',
    'read:reports',
    'Replaces a report schedule; another report or time counts from its next turn.',
    { body: scheduleBody },
    putSchedule(deps),
    REPORT_SCHEDULE_OPERATIONS.updateReportSchedule,
  ),
  remove(
    '/reports/schedules/:id',
    'read:reports',
    'Deletes a report schedule; what was made already still goes out.',
    {},
    removeSchedule(deps),
    REPORT_SCHEDULE_OPERATIONS.removeReportSchedule,
  ),
  get('/internal/reports/files/:id', 'internal', 'The CSV of a report schedule.', reportFileInput, getReportFile(deps), { root: true }),
];
