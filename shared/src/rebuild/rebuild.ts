import type { Decision, Draft, Entity } from '../persistence/repository.js';

/** What is made anew one after the other, and the field that counts how many of it are done: `{ TICKETS: 'ticketCount' }`. */
export type PhaseCounts<P extends string = string, C extends string = string> = Readonly<Record<P, C>>;

/** The making anew of what a service copies from others, one per tenant; its id is the tenant's. */
export type Rebuild<P extends string = string, C extends string = string> = Entity & {
  /** Still to be worked on. */
  readonly open: boolean;
  readonly startedAt: Date;
  readonly startedByUserId: string;
  readonly finishedAt?: Date;
  readonly phase: P;
  /** The last id of this phase that is done; missing at its beginning. */
  readonly after?: string;
} & Readonly<Record<C, number>>;

/** How far a page was asked from; whoever was overtaken by another instance has nothing more to say. */
export type Position<P extends string = string> = Pick<Rebuild<P>, 'phase' | 'after'>;

/** As answers tell it. */
export const REBUILD_STATUSES = ['RUNNING', 'FINISHED'] as const;

const isStillAt = (rebuild: Rebuild, { phase, after }: Position): boolean =>
  rebuild.open && rebuild.phase === phase && rebuild.after === after;

/** What happens to the rebuild of a service with these phases, in their order. */
export const createRebuildRules = <P extends string, C extends string>(countOf: PhaseCounts<P, C>) => {
  const phases = Object.keys(countOf) as P[];
  const fields = Object.values<C>(countOf);
  const none = Object.fromEntries(fields.map((field) => [field, 0])) as Record<C, number>;
  type State = Rebuild<P, C>;
  /** A rebuild that an earlier version began knows nothing of phases that came later. */
  const done = (rebuild: Readonly<Partial<Record<C, number>>>, field: C): number => rebuild[field] ?? 0;

  const newRebuild = (tenantId: string, at: Date, byUserId: string): Draft<State> =>
    ({ id: tenantId, open: true, startedAt: at, startedByUserId: byUserId, phase: phases[0], ...none }) as unknown as Draft<State>;

  return {
    newRebuild,
    /** One that is under way goes on; a finished one begins anew. */
    begin: (before: State, at: Date, byUserId: string): Decision<State> => {
      if (before.open) return { state: before };
      const { version, createdAt, updatedAt } = before;
      return { state: { ...newRebuild(before.id, at, byUserId), version, createdAt, updatedAt } as unknown as State };
    },
    advance: (before: State, from: Position<P>, after: string, count: number): Decision<State> => {
      if (!isStillAt(before, from)) return { state: before };
      const counted: C = countOf[before.phase];
      return { state: { ...before, after, [counted]: done(before, counted) + count } };
    },
    /** A phase has come to its end: the next one, or all is done. */
    endPhase: (before: State, from: Position<P>, at: Date): Decision<State> => {
      if (!isStillAt(before, from)) return { state: before };
      const next = phases[phases.indexOf(before.phase) + 1];
      if (next === undefined) return { state: { ...before, open: false, finishedAt: at } };
      return { state: { ...before, phase: next, after: undefined } };
    },
    view: (rebuild: State) => {
      const { open, startedAt, startedByUserId, finishedAt } = rebuild;
      return {
        status: (open ? 'RUNNING' : 'FINISHED') satisfies (typeof REBUILD_STATUSES)[number],
        ...{ startedAt, startedByUserId, finishedAt },
        ...Object.fromEntries(fields.map((field) => [field, done(rebuild, field)])),
      };
    },
  };
};

export type RebuildRules<P extends string, C extends string> = ReturnType<typeof createRebuildRules<P, C>>;
