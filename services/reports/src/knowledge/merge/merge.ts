import { knowledgeMerged, knowledgeRetired } from '../knowledge.errors.js';
import { changed, type CaseDecision, type CasePart, type PresentCase } from '../knowledge-case.js';
import { MOST } from '../knowledge.schema.js';

const unique = <T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] =>
  [...new Map(items.toReversed().map((item) => [keyOf(item), item])).values()].toReversed();

const partKey = ({ sku, name }: CasePart): string => sku ?? name.toLowerCase();

/** One source of a merge: retired, and it says where it went. Merging it once more into the same case changes nothing. */
export const mergeAway = (before: PresentCase, intoId: string, byUserId: string): CaseDecision => {
  if (before.mergedIntoId === intoId) return { state: before };
  if (before.mergedIntoId !== undefined) throw knowledgeMerged(before.mergedIntoId);
  return changed(before, { ...before, status: 'RETIRED', mergedIntoId: intoId, removed: [] }, byUserId);
};

/** Back to what it was: the target was merged away at the same moment. */
export const undoMerge = (before: PresentCase, intoId: string, status: PresentCase['status']): CaseDecision =>
  before.mergedIntoId === intoId ? { state: { ...before, status, mergedIntoId: undefined } } : { state: before };

/** The case that remains has the sources, parts, tags and uses of all; its text stays its own. */
export const takeIn = (before: PresentCase, others: readonly PresentCase[], byUserId: string): CaseDecision => {
  if (before.status === 'RETIRED') throw knowledgeRetired(before);
  const missing = others.filter(({ id }) => !before.mergedIds.includes(id));
  if (missing.length === 0) return { state: before };
  const all = [before, ...missing];
  const minutes = all.find((it) => it.minutes !== undefined)?.minutes;
  const device = all.find((it) => it.device !== undefined)?.device;
  return changed(
    before,
    {
      ...before,
      device,
      minutes,
      sources: unique(
        all.flatMap(({ sources }) => sources),
        ({ kind, id }) => `${kind} ${id}`,
      ),
      parts: unique(
        all.flatMap(({ parts }) => parts),
        partKey,
      ).slice(0, MOST.parts),
      tags: unique(
        all.flatMap(({ tags }) => tags),
        (tag) => tag,
      ).slice(0, MOST.tags),
      mergedIds: [...new Set([...before.mergedIds, ...missing.flatMap(({ id, mergedIds }) => [id, ...mergedIds])])],
    },
    byUserId,
  );
};
