import type { Decision, Draft, Entity } from '@riparo/shared/persistence/repository';

/** The making anew of what this service copies from others, one per tenant; its id is the tenant's. */
export interface Rebuild extends Entity {
  /** Still to be worked on. */
  readonly open: boolean;
  readonly startedAt: Date;
  readonly startedByUserId: string;
  readonly finishedAt?: Date;
  /** The last ticket that is done; missing at the beginning. */
  readonly after?: string;
  readonly ticketCount: number;
}

export const newRebuild = (tenantId: string, at: Date, byUserId: string): Draft<Rebuild> => ({
  id: tenantId,
  open: true,
  startedAt: at,
  startedByUserId: byUserId,
  ticketCount: 0,
});

/** One that is under way goes on; a finished one begins anew. */
export const begin = (before: Rebuild, at: Date, byUserId: string): Decision<Rebuild> => {
  if (before.open) return { state: before };
  const { version, createdAt, updatedAt } = before;
  return { state: { ...newRebuild(before.id, at, byUserId), version, createdAt, updatedAt } };
};

export const advance = (before: Rebuild, after: string, count: number): Decision<Rebuild> => ({
  state: { ...before, after, ticketCount: before.ticketCount + count },
});

export const finish = (before: Rebuild, at: Date): Decision<Rebuild> => ({ state: { ...before, open: false, finishedAt: at } });

export const viewRebuild = ({ open, startedAt, startedByUserId, finishedAt, ticketCount }: Rebuild) => ({
  status: open ? 'RUNNING' : 'FINISHED',
  startedAt,
  startedByUserId,
  finishedAt,
  ticketCount,
});
