import SearchableMap from 'minisearch/SearchableMap';
import type { AssetCategory } from '@riparo/shared/contracts/enums';
import type { CaseStatus, KnowledgeCase } from '../knowledge-case.js';
import { bestOf } from './best-of.js';
import { askedWords, storedWords, type Stem } from './case-words.js';
import { createWordList, type WordList } from './word-list.js';
import { leadsOf, sizeOf, type Lead } from './leads.js';

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
  readonly found: IndexedCase;
  /** Words of the question that were found, as they were asked. */
  readonly words: readonly string[];
}
export interface Hits {
  /** The best first. */
  readonly best: readonly Hit[];
  readonly total: number;
}
export type IsWanted = (found: IndexedCase) => boolean;

export interface CaseIndex {
  /** Cases that are there. */
  readonly size: number;
  /** Numbers of cases that have changed since, and still take room. */
  readonly outdated: number;
  put(text: CaseText): void;
  /** Cases with every word of a search, or, where there are none, with some. */
  search(text: string, isWanted: IsWanted, most: number): Hits;
  /** Cases that have words in common with a text. */
  similar(text: string, isWanted: IsWanted, weigh: (found: IndexedCase) => number, most: number): Hits;
}

/** More words of a long question are not asked for: each costs time, and the first say most. One bit each. */
const MOST_WORDS = 16;
/** A word says so much more in symptom, device and tags than in cause, solution and parts. */
const TITLE_WEIGHT = 2;
/** Each doubling of the uses counts as much: 1, 3 and 7 uses raise a case by 0.15, 0.3 and 0.45. */
const PER_DOUBLING = 0.15;
/** Of BM25: how soon more of the same word says nothing more, and how much a long text is marked down. */
const [SATURATION, BY_LENGTH] = [1.2, 0.6];
/** Of a word that stands nearly everywhere. */
const LEAST_RARITY = 0.01;
const FIRST_ROOM = 64;

const weightOfUses = ({ usefulCount }: Pick<IndexedCase, 'usefulCount'>): number => 1 + PER_DOUBLING * Math.log2(1 + usefulCount);

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

/** The words of a case with their weights. */
const weightsOf = ({ device, symptom, cause = '', solution, parts, tags }: CaseText, stem: Stem): ReadonlyMap<string, number> => {
  const weights = new Map<string, number>();
  const count = (text: string, weight: number): void => {
    for (const word of storedWords(text)) weights.set(stem(word), (weights.get(stem(word)) ?? 0) + weight);
  };
  count(`${device?.brand ?? ''} ${device?.model ?? ''} ${symptom} ${tags.join(' ')}`, TITLE_WEIGHT);
  count(`${cause} ${solution} ${parts.map(({ sku = '', name }) => `${sku} ${name}`).join(' ')}`, 1);
  return weights;
};

/** What was found of a question while its words were gone through, by the numbers of cases. */
interface Found {
  readonly scores: Float64Array;
  /** One bit for each word of the question. */
  readonly masks: Uint16Array;
  readonly numbers: readonly number[];
}

/** A word of a question with the lists that it leads to. */
interface AskedWord {
  readonly word: string;
  readonly leads: readonly Lead[];
}
const MANY_CASES = 1_000;
const COMMON_IN = 4;
const FEW_WORDS = 3;

/** The words of one tenant's cases, in memory: MiniSearch's tree of words with a list of cases for each. */
export const createCaseIndex = (stem: Stem): CaseIndex => {
  const words = new SearchableMap<WordList>();
  /** `undefined` under the numbers of cases that changed since. */
  const cases: (IndexedCase | undefined)[] = [];
  let lengths = new Uint16Array(FIRST_ROOM);
  let isGone = new Uint8Array(FIRST_ROOM);
  /** What the uses of a case make of its score. */
  let byUses = new Float32Array(FIRST_ROOM);
  const makeRoom = (number: number): void => {
    if (number < lengths.length) return;
    const [before, gone, uses] = [lengths, isGone, byUses];
    [lengths, isGone, byUses] = [new Uint16Array(number * 2), new Uint8Array(number * 2), new Float32Array(number * 2)];
    lengths.set(before);
    isGone.set(gone);
    byUses.set(uses);
  };
  const numberOf = new Map<string, number>();
  let lengthOfAll = 0;

  const gather = (led: readonly (readonly Lead[])[]): Found => {
    const [scores, masks] = [new Float64Array(cases.length), new Uint16Array(cases.length)];
    const numbers: number[] = [];
    const usual = lengthOfAll / Math.max(1, numberOf.size);
    /** Adds what a word says of each case; a loop over plain arrays, for it is gone through a hundred thousand times a question. */
    const add = (list: WordList, rarity: number, bit: number): void => {
      const { numbers: of, weights, size } = list;
      let gone = 0;
      for (let at = 0; at < size; at++) {
        const number = of[at] as number;
        if (isGone[number] === 1) {
          gone++;
          continue;
        }
        if (masks[number] === 0) numbers.push(number);
        const weight = weights[at] as number;
        const long = 1 - BY_LENGTH + (BY_LENGTH * (lengths[number] as number)) / usual;
        scores[number] = (scores[number] as number) + (rarity * weight * (SATURATION + 1)) / (weight + SATURATION * long);
        masks[number] = (masks[number] as number) | bit;
      }
      if (gone * 2 > size) list.shrink(isGone);
    };
    led.forEach((leads, place) => {
      for (const { list, fit } of leads) {
        const rarity = Math.log(1 + (numberOf.size - list.size + 0.5) / (list.size + 0.5)) * fit;
        add(list, Math.max(LEAST_RARITY, rarity), 1 << place);
      }
    });
    return { scores, masks, numbers };
  };

  const pick = (
    asked: readonly string[],
    { scores, masks }: Found,
    numbers: readonly number[],
    most: number,
    weigh: (found: IndexedCase) => number,
  ): Hits => {
    const at = (index: number): IndexedCase => cases[numbers[index] as number] as IndexedCase;
    const weighed = Float64Array.from(
      numbers,
      (number, index) => (scores[number] as number) * (byUses[number] as number) * weigh(at(index)),
    );
    const best = bestOf(
      numbers.length,
      most,
      (index) => weighed[index] as number,
      (one, other) => at(one).id < at(other).id,
    );
    const hitOf = (index: number): Hit => ({
      found: at(index),
      words: asked.filter((_, bit) => ((masks[numbers[index] as number] as number) & (1 << bit)) !== 0),
    });
    return { best: best.map(hitOf), total: numbers.length };
  };
  /** Of a long question the words that stand in every fourth case are left out where others say more: each costs as much as all of those. */
  const tellingOf = (led: readonly AskedWord[]): readonly AskedWord[] => {
    if (numberOf.size < MANY_CASES) return led;
    const telling = led.filter(({ leads }) => leads.length > 0 && sizeOf(leads) * COMMON_IN < numberOf.size);
    return telling.length < FEW_WORDS ? led : telling;
  };
  const termsOf = (text: string): readonly string[] => [...new Set(askedWords(text))].slice(0, MOST_WORDS);
  const wanted =
    (isWanted: IsWanted) =>
    (number: number): boolean =>
      isWanted(cases[number] as IndexedCase);

  return {
    get size() {
      return numberOf.size;
    },
    get outdated() {
      return cases.length - numberOf.size;
    },
    put: (text) => {
      const before = numberOf.get(text.id);
      if (before !== undefined && cases[before]?.version === text.version) {
        // Only the uses were counted anew.
        cases[before] = indexedOf(text);
        byUses[before] = weightOfUses(text);
        return;
      }
      if (before !== undefined) {
        cases[before] = undefined;
        isGone[before] = 1;
        lengthOfAll -= lengths[before] as number;
      }
      const number = cases.push(indexedOf(text)) - 1;
      const weights = weightsOf(text, stem);
      makeRoom(number);
      lengths[number] = weights.size;
      byUses[number] = weightOfUses(text);
      lengthOfAll += weights.size;
      numberOf.set(text.id, number);
      for (const [word, weight] of weights) words.fetch(word, createWordList).add(number, weight);
    },
    search: (text, isWanted, most) => {
      const asked = termsOf(text);
      const found = gather(asked.map((word) => leadsOf(words, word, stem, true)));
      const every = 2 ** asked.length - 1;
      const some = found.numbers.filter(wanted(isWanted));
      const all = some.filter((number) => found.masks[number] === every);
      return pick(asked, found, all.length > 0 ? all : some, most, () => 1);
    },
    similar: (text, isWanted, weigh, most) => {
      const led = tellingOf(termsOf(text).map((word) => ({ word, leads: leadsOf(words, word, stem, false) })));
      const asked = led.map(({ word }) => word);
      const found = gather(led.map(({ leads }) => leads));
      return pick(asked, found, found.numbers.filter(wanted(isWanted)), most, weigh);
    },
  };
};
