import type { RebuildPhase } from './rebuild.js';

/** What each phase makes anew. A test compares this and `NOT_MADE_ANEW` with the collections that there are. */
export const MADE_ANEW: Readonly<Record<RebuildPhase, readonly string[]>> = {
  SETTINGS: ['settings'],
  USERS: ['users'],
  CUSTOMERS: ['customers'],
  ASSETS: ['assets'],
  PARTS: ['parts'],
  TICKETS: ['tickets', 'outcomes'],
  REPAIRS: ['repairs', 'cash_movements'],
  WORK_REPORTS: ['work_findings'],
  QUOTES: ['quote_versions'],
  INVOICES: ['documents', 'cash_movements'],
  STOCK_MOVEMENTS: ['consumptions'],
  SHEETS: ['day_sheets', 'counted', 'countings'],
};

/** What no phase makes anew, and why. */
export const NOT_MADE_ANEW: Readonly<Record<string, string>> = {
  knowledge_cases: 'Owned here: editors wrote and published them, and no other service has them.',
  knowledge_uses: 'Owned here: who found a case useful is told to nobody else.',
  report_schedules: 'Owned here: the desk wrote them.',
  'report_files.files': 'What was mailed; kept for 30 days, and never made again, because the figures of its day are what was sent.',
  'report_files.chunks': 'The bytes of `report_files.files`.',
  rebuilds: 'How far the making anew itself is.',
};
