import { createRebuildRules, type Rebuild as AnyRebuild } from '@riparo/shared/rebuild/rebuild';

/** What is made anew, in this order: copies first, then the sheets that are added up from them. */
const PHASES = { TICKETS: 'ticketCount', REPAIRS: 'repairCount', SHEETS: 'sheetCount' } as const;

export type RebuildPhase = keyof typeof PHASES;
export type RebuildCount = (typeof PHASES)[RebuildPhase];
export type Rebuild = AnyRebuild<RebuildPhase, RebuildCount>;

export const rebuildRules = createRebuildRules<RebuildPhase, RebuildCount>(PHASES);
