import type { Decision, Draft, Entity } from '@riparo/shared/persistence/repository';

/** Kinds of work on many tickets or repairs, needed when something that they depend on has changed. */
export const UPKEEP_KINDS = [
  'RECOUNT_DUE_TIMES',
  'RECOUNT_DUE_TIMES_OF_PLAN',
  'REFRESH_WORDS_OF_CUSTOMER',
  'REFRESH_WORDS_OF_ASSET',
] as const;
export type UpkeepKind = (typeof UPKEEP_KINDS)[number];

/** Names of the first version. Work that was stored under them is still done. */
const FORMER_KINDS: Readonly<Record<string, UpkeepKind>> = {
  RETIME: 'RECOUNT_DUE_TIMES',
  RETIME_PLAN: 'RECOUNT_DUE_TIMES_OF_PLAN',
  REWORD_CUSTOMER: 'REFRESH_WORDS_OF_CUSTOMER',
  REWORD_ASSET: 'REFRESH_WORDS_OF_ASSET',
};

/** The kind of stored work, whichever version stored it. */
export const kindOf = ({ kind }: Pick<Upkeep, 'kind'>): UpkeepKind => FORMER_KINDS[kind] ?? kind;

/** One piece of work. Its id is made from tenant, kind and subject, so each exists once at a time. */
export interface Upkeep extends Entity {
  readonly kind: UpkeepKind;
  /** Id of what changed: the tenant (its calendar), a plan, a customer, a device. */
  readonly subjectId: string;
  /** How far the work has come; empty at the beginning. */
  readonly position: string;
  /**
   * Grows whenever the work is asked for. A step that began before does not move the position then: the work starts at
   * the beginning again.
   */
  readonly asked: number;
  /** When the work goes on; missing when nothing is to do. */
  readonly dueAt?: Date;
  /** When the work is done once more: other instances may have decided with an old cached value. */
  readonly againAt?: Date;
  readonly doneAt?: Date;
}

type UpkeepDecision = Decision<Upkeep>;

/** Milliseconds. Other instances cache names and calendars for up to 5 s; this is a little more. */
const AGAIN_MS = 6_000;

/** With the tenant: ids are unique over all tenants, and an event may name a subject that another tenant has. */
export const upkeepId = (tenantId: string, kind: UpkeepKind, subjectId: string): string => `${tenantId}:${kind}:${subjectId}`;

export const idleUpkeep = (tenantId: string, kind: UpkeepKind, subjectId: string): Draft<Upkeep> => ({
  id: upkeepId(tenantId, kind, subjectId),
  kind,
  subjectId,
  position: '',
  asked: 0,
});

export const ask = (before: Upkeep, now: Date): UpkeepDecision => ({
  state: {
    ...before,
    position: '',
    asked: before.asked + 1,
    dueAt: now,
    againAt: new Date(now.getTime() + AGAIN_MS),
    doneAt: undefined,
  },
});

/**
 * Moves the work on after a step: `next` is the next position; `undefined` ends the round.
 *
 * Asked for at 10:00:00, two steps: the round ends at 10:00:01, and the work is due again at 10:00:06. After the second
 * round it is done.
 */
export const advance = (before: Upkeep, asked: number, next: string | undefined, now: Date): UpkeepDecision => {
  if (before.asked !== asked) return { state: before };
  if (next !== undefined) return { state: { ...before, position: next } };
  const { againAt } = before;
  return { state: { ...before, position: '', dueAt: againAt, againAt: undefined, doneAt: againAt === undefined ? now : undefined } };
};
