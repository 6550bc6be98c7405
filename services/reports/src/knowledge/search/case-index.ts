import MiniSearch, { type SearchOptions } from 'minisearch';
import type { AssetCategory } from '@riparo/shared/contracts/enums';
import type { CaseStatus, KnowledgeCase } from '../knowledge-case.js';
import { askedWords, storedWords, type Stem } from './case-words.js';

/** What the index keeps of a case beside its words. */
export interface IndexedCase {
  readonly id: string;
  readonly version: number;
  readonly brandKey: string;
  readonly modelKey: string;
  readonly category?: AssetCategory;
  readonly status: CaseStatus;
  readonly public: boolean;
  readonly tags: readonly string[];
  readonly usefulCount: number;
}
export type CaseText = Pick<
  KnowledgeCase,
  | 'id'
  | 'version'
  | 'brandKey'
  | 'modelKey'
  | 'status'
  | 'public'
  | 'tags'
  | 'usefulCount'
  | 'device'
  | 'symptom'
  | 'cause'
  | 'solution'
  | 'parts'
>;

export interface Hit {
  readonly id: string;
  /** How well words fit and how often it helped; the best first. */
  readonly score: number;
  /** Words of the question that were found, as they were asked. */
  readonly words: readonly string[];
  readonly found: IndexedCase;
}
export type IsWanted = (found: IndexedCase) => boolean;

export interface CaseIndex {
  readonly size: number;
  put(text: CaseText): void;
  /** Cases with every word of a search, or, where there are none, with some. */
  search(text: string, isWanted: IsWanted): readonly Hit[];
  /** Cases that have words in common with a text. */
  similar(text: string, isWanted: IsWanted, weigh: (found: IndexedCase) => number): readonly Hit[];
}

const SHORTEST_PREFIX = 3;
const TYPO_FROM = 4;
const TWO_TYPOS_FROM = 7;
const HAS_DIGIT = /\d/;
/** More words of a long question are not asked for: each costs time, and the first say most. */
const MOST_WORDS = 16;
/** Each doubling of the uses counts as much: 1, 3 and 7 uses raise a case by 0.15, 0.3 and 0.45. */
const PER_DOUBLING = 0.15;

const weightOfUses = ({ usefulCount }: IndexedCase): number => 1 + PER_DOUBLING * Math.log2(1 + usefulCount);

/** One letter wrong in short words, two in long ones, none in numbers of models. */
const typosIn = (term: string): number | false => {
  if (term.length < TYPO_FROM || HAS_DIGIT.test(term)) return false;
  return term.length < TWO_TYPOS_FROM ? 1 : 2;
};

const SEARCH: SearchOptions = {
  boost: { title: 2 },
  prefix: (term) => term.length >= SHORTEST_PREFIX,
  fuzzy: typosIn,
  weights: { fuzzy: 0.4, prefix: 0.6 },
};
/** A question in sentences has many words; a typo in one of them is made good by the others. */
const SIMILAR: SearchOptions = { ...SEARCH, prefix: false, fuzzy: (term) => (typosIn(term) === false ? false : 1), combineWith: 'OR' };

const indexedOf = ({ id, version, brandKey, modelKey, device, status, public: isPublic, tags, usefulCount }: CaseText): IndexedCase => ({
  id,
  version,
  brandKey,
  modelKey,
  ...(device === undefined ? {} : { category: device.category }),
  status,
  public: isPublic,
  tags,
  usefulCount,
});

const documentOf = ({ id, device, symptom, cause = '', solution, parts, tags }: CaseText) => ({
  id,
  title: `${device?.brand ?? ''} ${device?.model ?? ''} ${symptom} ${tags.join(' ')}`,
  body: `${cause} ${solution} ${parts.map(({ sku = '', name }) => `${sku} ${name}`).join(' ')}`,
});

/** The words of one tenant's cases, in memory. */
export const createCaseIndex = (stem: Stem): CaseIndex => {
  const words = new MiniSearch({
    fields: ['title', 'body'],
    tokenize: storedWords,
    processTerm: stem,
    searchOptions: { tokenize: askedWords, processTerm: stem },
  });
  const cases = new Map<string, IndexedCase>();

  const ask = (terms: readonly string[], options: SearchOptions, isWanted: IsWanted, weigh: (found: IndexedCase) => number): Hit[] => {
    const asked = new Map(terms.map((term) => [stem(term), term]));
    const hits = words.search([...asked.values()].join(' '), {
      ...options,
      filter: ({ id }) => isWanted(cases.get(id as string) as IndexedCase),
    });
    return hits
      .map(({ id, score, queryTerms }): Hit => {
        const found = cases.get(id as string) as IndexedCase;
        return {
          id: found.id,
          score: score * weightOfUses(found) * weigh(found),
          words: [...new Set(queryTerms.map((term) => asked.get(term) ?? term))],
          found,
        };
      })
      .sort((one, other) => other.score - one.score || (one.id < other.id ? -1 : 1));
  };
  const ofAll = (): number => 1;

  return {
    get size() {
      return cases.size;
    },
    put: (text) => {
      const before = cases.get(text.id);
      if (before?.version === text.version) {
        // Only the uses were counted anew.
        cases.set(text.id, indexedOf(text));
        return;
      }
      if (before === undefined) words.add(documentOf(text));
      else words.replace(documentOf(text));
      cases.set(text.id, indexedOf(text));
    },
    search: (text, isWanted) => {
      const terms = askedWords(text);
      const hits = ask(terms, { ...SEARCH, combineWith: 'AND' }, isWanted, ofAll);
      return hits.length > 0 || terms.length < 2 ? hits : ask(terms, { ...SEARCH, combineWith: 'OR' }, isWanted, ofAll);
    },
    similar: (text, isWanted, weigh) => ask([...new Set(askedWords(text))].slice(0, MOST_WORDS), SIMILAR, isWanted, weigh),
  };
};
