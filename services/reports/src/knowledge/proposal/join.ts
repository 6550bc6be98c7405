import type { CaseContent, CaseDecision, CaseSource, KnowledgeCase, PresentCase } from '../knowledge-case.js';
import { keysOf } from '../knowledge-case.js';
import { MOST } from '../knowledge.schema.js';

/** What work says now of a draft of it. */
export interface Renewal extends CaseContent, Pick<KnowledgeCase, 'removed' | 'assetId'> {
  readonly source: CaseSource;
}

type Told = Omit<Renewal, 'source'>;

/** A draft that nobody has touched. What an editor wrote is never overwritten by work. */
export const isUntouched = ({ status, edited }: PresentCase): boolean => status === 'DRAFT' && !edited;

const isSame = (one: CaseSource, other: CaseSource): boolean => one.kind === other.kind && one.id === other.id;

/** What `first` says, and of `second` what `first` says nothing of. */
const joined = (first: Told, second: Told): Told => {
  const device = first.device ?? second.device;
  return {
    ...first,
    device,
    cause: first.cause ?? second.cause,
    minutes: first.minutes ?? second.minutes,
    parts: first.parts.length === 0 ? second.parts : first.parts,
    tags: [...new Set([...first.tags, ...second.tags])].slice(0, MOST.tags),
    assetId: device === undefined ? (first.assetId ?? second.assetId) : undefined,
  };
};

const isReport = ({ kind }: CaseSource): boolean => kind === 'WORK_REPORT';

/**
 * Work that was corrected renews its draft; an event that comes late does not set it back. A ticket or a repair and the
 * reports about it have one draft, in whatever order they come: what a report says goes first, for it says more.
 */
export const renewed = (before: PresentCase, { source, ...told }: Renewal): CaseDecision => {
  const known = before.sources.find((one) => isSame(one, source));
  if (!isUntouched(before) || source.version <= (known?.version ?? 0)) return { state: before };
  const others = before.sources.filter((one) => one !== known);
  const saysLess = !isReport(source) && others.some(isReport);
  const alone = { ...told, device: told.device, cause: told.cause, minutes: told.minutes, assetId: told.assetId };
  const content = others.length === 0 ? alone : saysLess ? joined(before, told) : joined(told, before);
  const sources = saysLess ? [...others, source] : [source, ...others];
  return { state: { ...before, ...content, sources, ...keysOf(content.device) } };
};
