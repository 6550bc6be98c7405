import type { Decision, Draft, Entity } from '@riparo/shared/persistence/repository';

/** What has to be done to many tickets or repairs because something that they depend on has changed. */
export const UPKEEP_KINDS = [
  'RECOUNT_DUE_TIMES',
  'RECOUNT_DUE_TIMES_OF_PLAN',
  'REFRESH_WORDS_OF_CUSTOMER',
  'REFRESH_WORDS_OF_ASSET',
] as const;
export type UpkeepKind = (typeof UPKEEP_KINDS)[number];

/** Names of the first version; what was asked for under them is still to be done. */
const FORMER_KINDS: Readonly<Record<string, UpkeepKind>> = {
  RETIME: 'RECOUNT_DUE_TIMES',
  RETIME_PLAN: 'RECOUNT_DUE_TIMES_OF_PLAN',
  REWORD_CUSTOMER: 'REFRESH_WORDS_OF_CUSTOMER',
  REWORD_ASSET: 'REFRESH_WORDS_OF_ASSET',
};

/** The kind of a stored piece of work, whichever version stored it. */
export const kindOf = ({ kind }: Pick<Upkeep, 'kind'>): UpkeepKind => FORMER_KINDS[kind] ?? kind;

/** One such piece of work; its id is made from kind and subject, so there is one of each at a time. */
export interface Upkeep extends Entity {
  readonly kind: UpkeepKind;
  /** What has changed: the tenant (its calendar), a plan, a customer, a device. */
  readonly subjectId: string;
  /** Up to where it has come; empty at the beginning. */
  readonly position: string;
  /** Grows whenever it is asked for: a step that began before starts from the beginning again. */
  readonly asked: number;
  /** When it goes on; missing when there is nothing to do. */
  readonly dueAt?: Date;
  /** When it is done once more, for what other instances decided by what they remembered of before. */
  readonly againAt?: Date;
  readonly doneAt?: Date;
}

type UpkeepDecision = Decision<Upkeep>;

/** Other instances remember names and calendars for up to five seconds; a little more. */
const AGAIN_MS = 6_000;

export const upkeepId = (kind: UpkeepKind, subjectId: string): string => `${kind}:${subjectId}`;

export const idleUpkeep = (kind: UpkeepKind, subjectId: string): Draft<Upkeep> => ({
  id: upkeepId(kind, subjectId),
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

/** After a step: `next` is where to go on, `undefined` the end of the round. */
export const advance = (before: Upkeep, asked: number, next: string | undefined, now: Date): UpkeepDecision => {
  if (before.asked !== asked) return { state: before };
  if (next !== undefined) return { state: { ...before, position: next } };
  const { againAt } = before;
  return { state: { ...before, position: '', dueAt: againAt, againAt: undefined, doneAt: againAt === undefined ? now : undefined } };
};
