import { createRebuildRules, type Rebuild as AnyRebuild } from '@riparo/shared/rebuild/rebuild';

/** What is made anew, in this order. */
const PHASES = {
  TICKETS: 'ticketCount',
  REPAIRS: 'repairCount',
  APPOINTMENTS: 'appointmentCount',
  WORK_REPORTS: 'workReportCount',
} as const;

export type RebuildPhase = keyof typeof PHASES;
export type RebuildCount = (typeof PHASES)[RebuildPhase];
export type Rebuild = AnyRebuild<RebuildPhase, RebuildCount>;

export const rebuildRules = createRebuildRules<RebuildPhase, RebuildCount>(PHASES);
