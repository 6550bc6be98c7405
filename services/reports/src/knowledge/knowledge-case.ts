import type { AssetCategory } from '@riparo/shared/contracts/enums';
import type { Decision, Draft, Entity } from '@riparo/shared/persistence/repository';
import { keyOf } from '../replica/texts.js';
import { knowledgeMerged, knowledgeRetired } from './knowledge.errors.js';
import type { Personal } from './personal/personal.js';

/** DRAFT: proposed or written, for staff alone. PUBLISHED: staff are offered it, customers too where it is public. RETIRED: outdated, or merged. */
export const CASE_STATUSES = ['DRAFT', 'PUBLISHED', 'RETIRED'] as const;
export type CaseStatus = (typeof CASE_STATUSES)[number];

export const SOURCE_KINDS = ['TICKET', 'REPAIR', 'WORK_REPORT'] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** Of which kind of device it is known, as far as it is known. */
export interface CaseDevice {
  readonly category: AssetCategory;
  readonly brand: string;
  readonly model: string;
}
export interface CasePart {
  readonly sku?: string;
  readonly name: string;
}
/** Work that a case was learnt from. */
export interface CaseSource {
  readonly kind: SourceKind;
  readonly id: string;
  readonly number: string;
  /** Of the work as it was when the case was proposed; shown to nobody, as `customerId`. */
  readonly version: number;
  /** Whose names have no place in the case. */
  readonly customerId: string;
}
/** Something that was taken out of a draft, for whoever edits it. */
export interface RemovedText extends Personal {
  readonly field: string;
}

/** What an editor writes. */
export interface CaseContent {
  readonly device?: CaseDevice;
  readonly symptom: string;
  readonly cause?: string;
  readonly solution: string;
  /** What the work took. */
  readonly minutes?: number;
  readonly parts: readonly CasePart[];
  readonly tags: readonly string[];
  /** Customers may read it once it is published. */
  readonly public: boolean;
}

/** A content that was there before, from `at` on, with who wrote it. */
export interface CaseVersion extends CaseContent {
  readonly version: number;
  readonly at: Date;
  readonly byUserId?: string;
  readonly status: CaseStatus;
}

export interface KnowledgeCase extends Entity, CaseContent {
  readonly status: CaseStatus;
  /** By which brands and models are told apart; empty where the device is not known. */
  readonly brandKey: string;
  readonly modelKey: string;
  readonly sources: readonly CaseSource[];
  readonly removed: readonly RemovedText[];
  /** Stretches that an editor found to be nobody's although a rule takes them for somebody's. */
  readonly notPersonal: readonly string[];
  /** Somebody has had a hand in it: no event changes it any more. */
  readonly edited: boolean;
  /** The device of the work, until it is known what it is. */
  readonly assetId?: string;
  readonly usefulCount: number;
  readonly deflectedCount: number;
  readonly mergedIntoId?: string;
  /** Cases that were merged into this one. */
  readonly mergedIds: readonly string[];
  readonly changedByUserId?: string;
  readonly publishedAt?: Date;
  /** Contents before the present one, the oldest first; grows with every edit. */
  readonly earlier: readonly CaseVersion[];
}
/** Without its earlier contents, as decisions see it. */
export type PresentCase = Omit<KnowledgeCase, 'earlier'>;
export type CaseDecision = Decision<KnowledgeCase, 'earlier'>;

export const keysOf = (device: CaseDevice | undefined): Pick<KnowledgeCase, 'brandKey' | 'modelKey'> => ({
  brandKey: device === undefined ? '' : keyOf(device.brand),
  modelKey: device === undefined ? '' : keyOf(device.model),
});

/** A case that nobody has used yet. */
export const newCase = (id: string, content: CaseContent, more: Partial<PresentCase> = {}): Draft<KnowledgeCase> => ({
  sources: [],
  removed: [],
  notPersonal: [],
  edited: false,
  usefulCount: 0,
  deflectedCount: 0,
  mergedIds: [],
  ...more,
  ...content,
  ...keysOf(content.device),
  id,
  status: 'DRAFT',
  earlier: [],
});

const contentOf = ({ device, symptom, cause, solution, minutes, parts, tags, public: isPublic }: PresentCase): CaseContent => ({
  ...(device === undefined ? {} : { device }),
  symptom,
  ...(cause === undefined ? {} : { cause }),
  solution,
  ...(minutes === undefined ? {} : { minutes }),
  parts,
  tags,
  public: isPublic,
});

/** What was there, for the list of versions. */
export const versionOf = (before: PresentCase): CaseVersion => ({
  ...contentOf(before),
  version: before.version,
  at: before.updatedAt,
  status: before.status,
  ...(before.changedByUserId === undefined ? {} : { byUserId: before.changedByUserId }),
});

/** A change by a person: what was there is kept. */
export const changed = (before: PresentCase, state: PresentCase, byUserId: string): CaseDecision => ({
  state: { ...state, ...keysOf(state.device), edited: true, changedByUserId: byUserId },
  append: { earlier: [versionOf(before)] },
});

export type CaseChanges = Partial<Omit<CaseContent, 'cause' | 'minutes' | 'device'>> & {
  readonly device?: CaseDevice | null;
  readonly cause?: string | null;
  readonly minutes?: number | null;
  readonly notPersonal?: readonly string[];
};

/** `null` takes a field away. */
export const withChanges = (before: PresentCase, changes: CaseChanges): PresentCase => {
  const { device = before.device, cause = before.cause, minutes = before.minutes, ...rest } = changes;
  return { ...before, ...rest, device: device ?? undefined, cause: cause ?? undefined, minutes: minutes ?? undefined };
};

export const edit = (before: PresentCase, changes: CaseChanges, byUserId: string): CaseDecision => {
  if (before.status === 'RETIRED') throw knowledgeRetired(before);
  return changed(before, withChanges(before, changes), byUserId);
};

/** What was taken out is forgotten: whoever publishes has seen it. */
export const publish = (before: PresentCase, isPublic: boolean | undefined, byUserId: string, now: Date): CaseDecision => {
  if (before.mergedIntoId !== undefined) throw knowledgeMerged(before.mergedIntoId);
  const after = { ...before, status: 'PUBLISHED' as const, public: isPublic ?? before.public, removed: [] };
  if (before.status === 'PUBLISHED' && after.public === before.public) return { state: before };
  return changed(before, { ...after, publishedAt: before.status === 'PUBLISHED' ? before.publishedAt : now }, byUserId);
};

export const retire = (before: PresentCase, byUserId: string): CaseDecision =>
  before.status === 'RETIRED' ? { state: before } : changed(before, { ...before, status: 'RETIRED', removed: [] }, byUserId);
