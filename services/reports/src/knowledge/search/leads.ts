import type SearchableMap from 'minisearch/SearchableMap';
import type { Stem } from './case-words.js';
import type { WordList } from './word-list.js';

export type WordTree = SearchableMap<WordList>;

/** A list of cases that a word of the question leads to, and how well it fits: 1 is the word itself. */
export interface Lead {
  readonly list: WordList;
  readonly fit: number;
}

const SHORTEST_PREFIX = 3;
const TYPO_FROM = 4;
const TWO_TYPOS_FROM = 7;
const HAS_DIGIT = /\d/;
const PREFIX_FIT = 0.6;
const TYPO_FIT = 0.4;
/** Words that are found in so many cases as they were typed are no slips of the pen. */
const ENOUGH = 50;
const MOST_LEADS = 100;

/** One letter wrong in short words, two in long ones, none in numbers of models. */
const typosIn = (word: string): number => {
  if (word.length < TYPO_FROM || HAS_DIGIT.test(word)) return 0;
  return word.length < TWO_TYPOS_FROM ? 1 : 2;
};

export const sizeOf = (leads: readonly Lead[]): number => leads.reduce((sum, { list }) => sum + list.size, 0);

const beginningWith = (words: WordTree, stem: string): readonly Lead[] => {
  const leads: Lead[] = [];
  for (const [word, list] of words.atPrefix(stem)) {
    if (word === stem) continue;
    leads.push({ list, fit: PREFIX_FIT * (stem.length / word.length) });
    if (leads.length === MOST_LEADS) break;
  }
  return leads;
};

const nearlyLike = (words: WordTree, stem: string, most: number): readonly Lead[] =>
  [...words.fuzzyGet(stem, most).values()]
    .filter(([, distance]) => distance > 0)
    .sort(([, one], [, other]) => one - other)
    .slice(0, MOST_LEADS)
    .map(([list, distance]) => ({ list, fit: TYPO_FIT / distance }));

/** Everything that a typed word may stand for: itself in any ending, words that begin with it, and, where these are few, typos. */
export const leadsOf = (words: WordTree, word: string, stemOf: Stem, withPrefixes: boolean): readonly Lead[] => {
  const stem = stemOf(word);
  const exact = words.get(stem);
  const itself = exact === undefined ? [] : [{ list: exact, fit: 1 }];
  const longer = withPrefixes && stem.length >= SHORTEST_PREFIX ? beginningWith(words, stem) : [];
  const typos = typosIn(stem);
  const isKnown = sizeOf([...itself, ...longer]) >= (withPrefixes ? ENOUGH : 1);
  return [...itself, ...longer, ...(isKnown || typos === 0 ? [] : nearlyLike(words, stem, typos))];
};
