import type { PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import type { PublishedTicket } from '@riparo/shared/contracts/tickets.events';
import type { PublishedWorkReport } from '@riparo/shared/contracts/work-reports.events';
import { compact } from '@riparo/shared/json/compact';
import { cut } from '@riparo/shared/text/cut';
import type { CaseContent, CaseSource } from '../knowledge-case.js';
import { LONGEST, MOST } from '../knowledge.schema.js';

/** A part that was built in; what it is called by the catalogue is looked up. */
export interface ProposedPart {
  readonly partId?: string;
  readonly name: string;
}

/** What finished work tells, before anything personal is taken out of it. */
export interface Proposal extends Omit<CaseContent, 'parts'> {
  readonly parts: readonly ProposedPart[];
  readonly source: CaseSource;
  /** The ticket or the repair that a report is about: both have one draft. Missing: the source itself. */
  readonly about?: Pick<CaseSource, 'kind' | 'id'>;
  /** The device, where the work does not say itself what it is. */
  readonly assetId?: string;
  /** Of the device, where the work says it. */
  readonly serialNumber?: string;
}

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];
interface Used {
  readonly partId?: string;
  readonly name?: string;
  readonly used: number;
}
/** Of each name one. */
const partsOf = (parts: readonly Used[]): readonly ProposedPart[] => {
  const named = parts.flatMap(({ partId, name, used }) =>
    used > 0 && name !== undefined ? [compact({ partId, name: cut(name, LONGEST.name) })] : [],
  );
  return [...new Map(named.toReversed().map((part) => [part.name, part])).values()].toReversed().slice(0, MOST.parts);
};
const tagsOf = (tags: readonly string[]): readonly string[] =>
  unique(tags.map((tag) => cut(tag.trim().toLowerCase(), LONGEST.tag)).filter((tag) => tag !== '')).slice(0, MOST.tags);

/** A ticket says what was wrong in its title. A duplicate that was merged is no work of its own. */
export const fromTicket = (ticket: PublishedTicket, version: number): Proposal | undefined => {
  const { id, ticketNumber: number, customerId, assetId, title, category, resolution, mergedIntoId } = ticket;
  if (resolution === undefined || mergedIntoId !== undefined) return undefined;
  return compact<Proposal>({
    source: { kind: 'TICKET', id, number, version, customerId },
    assetId,
    symptom: cut(title, LONGEST.symptom),
    solution: cut(resolution, LONGEST.solution),
    parts: [],
    tags: tagsOf([category]),
    public: false,
  });
};

/** A refused repair solved nothing. */
export const fromRepair = (repair: PublishedRepair, version: number): Proposal | undefined => {
  const { id, number, customerId, device, problemDescription, outcome } = repair;
  if (outcome?.type !== 'COMPLETED') return undefined;
  const { category, brand, model, serialNumber } = device;
  return compact<Proposal>({
    source: { kind: 'REPAIR', id, number, version, customerId },
    device: { category, brand, model },
    serialNumber,
    symptom: cut(problemDescription, LONGEST.symptom),
    solution: cut(outcome.description, LONGEST.solution),
    minutes: outcome.labourMinutes,
    parts: partsOf(outcome.parts ?? []),
    tags: [],
    public: false,
  });
};

const toLines = (texts: readonly (string | undefined)[], most: number): string =>
  cut(unique(texts.filter((text) => text !== undefined)).join('\n'), most);

const aboutOf = (ticketId: string | undefined, repairId: string | undefined): Proposal['about'] => {
  if (ticketId !== undefined) return { kind: 'TICKET', id: ticketId };
  return repairId === undefined ? undefined : { kind: 'REPAIR', id: repairId };
};

export const fromWorkReport = (report: PublishedWorkReport, version: number): Proposal | undefined => {
  const { id, number, ticketId, repairId, customerId, assetId, malfunctions, solution, labourMinutes, parts } = report;
  if (solution === undefined || malfunctions.length === 0) return undefined;
  const cause = toLines(
    malfunctions.map((malfunction) => malfunction.cause),
    LONGEST.cause,
  );
  return compact<Proposal>({
    source: { kind: 'WORK_REPORT', id, number, version, customerId },
    about: aboutOf(ticketId, repairId),
    assetId,
    symptom: toLines(
      malfunctions.map(({ symptom }) => symptom),
      LONGEST.symptom,
    ),
    cause: cause === '' ? undefined : cause,
    solution: cut(solution, LONGEST.solution),
    minutes: labourMinutes,
    parts: partsOf(parts),
    tags: tagsOf(malfunctions.flatMap(({ component }) => component ?? [])),
    public: false,
  });
};

const PLACEHOLDER = /\[[a-z]+\]/g;
const WORDS = /[\p{L}\p{N}]+/gu;
const FEWEST_WORDS = 2;
const FEWEST_LETTERS = 8;

/** "Done.", "Risolto da [name]" help nobody. */
export const saysSomething = (solution: string): boolean => {
  const words = solution.replace(PLACEHOLDER, ' ').match(WORDS) ?? [];
  return words.length >= FEWEST_WORDS && words.join('').length >= FEWEST_LETTERS;
};
