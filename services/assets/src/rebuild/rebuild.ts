import type { Decision, Draft, Entity } from '@riparo/shared/persistence/repository';

/** What is made anew, in this order. */
export const REBUILD_PHASES = ['TICKETS', 'REPAIRS', 'APPOINTMENTS'] as const;
export type RebuildPhase = (typeof REBUILD_PHASES)[number];

/** The making anew of what this service copies from others, one per tenant; its id is the tenant's. */
export interface Rebuild extends Entity {
  /** Still to be worked on. */
  readonly open: boolean;
  readonly startedAt: Date;
  readonly startedByUserId: string;
  readonly finishedAt?: Date;
  readonly phase: RebuildPhase;
  /** The last id of this phase that is done; missing at its beginning. */
  readonly after?: string;
  readonly ticketCount: number;
  readonly repairCount: number;
  readonly appointmentCount: number;
}

const COUNT_OF = {
  TICKETS: 'ticketCount',
  REPAIRS: 'repairCount',
  APPOINTMENTS: 'appointmentCount',
} as const satisfies Record<RebuildPhase, keyof Rebuild>;

export const newRebuild = (tenantId: string, at: Date, byUserId: string): Draft<Rebuild> => ({
  id: tenantId,
  open: true,
  startedAt: at,
  startedByUserId: byUserId,
  phase: 'TICKETS',
  ticketCount: 0,
  repairCount: 0,
  appointmentCount: 0,
});

/** One that is under way goes on; a finished one begins anew. */
export const begin = (before: Rebuild, at: Date, byUserId: string): Decision<Rebuild> => {
  if (before.open) return { state: before };
  const { version, createdAt, updatedAt } = before;
  return { state: { ...newRebuild(before.id, at, byUserId), version, createdAt, updatedAt } };
};

/** How far a page was asked from; whoever was overtaken by another instance has nothing more to say. */
export type Position = Pick<Rebuild, 'phase' | 'after'>;

const isStillAt = (rebuild: Rebuild, { phase, after }: Position): boolean =>
  rebuild.open && rebuild.phase === phase && rebuild.after === after;

export const advance = (before: Rebuild, from: Position, after: string, count: number): Decision<Rebuild> => {
  if (!isStillAt(before, from)) return { state: before };
  const counted = COUNT_OF[before.phase];
  return { state: { ...before, after, [counted]: before[counted] + count } };
};

/** A phase has come to its end: the next one, or all is done. */
export const endPhase = (before: Rebuild, from: Position, at: Date): Decision<Rebuild> => {
  if (!isStillAt(before, from)) return { state: before };
  const next = REBUILD_PHASES[REBUILD_PHASES.indexOf(before.phase) + 1];
  if (next === undefined) return { state: { ...before, open: false, finishedAt: at } };
  return { state: { ...before, phase: next, after: undefined } };
};

/** As answers tell it. */
export const REBUILD_STATUSES = ['RUNNING', 'FINISHED'] as const;

export const viewRebuild = (rebuild: Rebuild) => ({
  status: (rebuild.open ? 'RUNNING' : 'FINISHED') satisfies (typeof REBUILD_STATUSES)[number],
  startedAt: rebuild.startedAt,
  startedByUserId: rebuild.startedByUserId,
  finishedAt: rebuild.finishedAt,
  ticketCount: rebuild.ticketCount,
  repairCount: rebuild.repairCount,
  appointmentCount: rebuild.appointmentCount,
});
