import { createRebuildRules, type Rebuild as AnyRebuild } from '@riparo/shared/rebuild/rebuild';

/** What is made anew, in this order: the time zone and the people first, copies then, and the sheets that are added up from them. */
const PHASES = {
  SETTINGS: 'settingsCount',
  USERS: 'userCount',
  CUSTOMERS: 'customerCount',
  ASSETS: 'assetCount',
  PARTS: 'partCount',
  TICKETS: 'ticketCount',
  REPAIRS: 'repairCount',
  WORK_REPORTS: 'workReportCount',
  QUOTES: 'quoteCount',
  INVOICES: 'invoiceCount',
  STOCK_MOVEMENTS: 'movementCount',
  SHEETS: 'sheetCount',
} as const;

export type RebuildPhase = keyof typeof PHASES;
export type RebuildCount = (typeof PHASES)[RebuildPhase];
export type Rebuild = AnyRebuild<RebuildPhase, RebuildCount>;

export const rebuildRules = createRebuildRules<RebuildPhase, RebuildCount>(PHASES);
