import { expect } from 'chai';
import { personFilter, personWords } from '../src/person-words.js';

interface Condition {
  readonly searchTerms: RegExp | string;
}
interface Filter {
  readonly $and?: readonly Condition[];
  readonly $or?: readonly Condition[];
}

/** What MongoDB makes of the filter. */
const finds = (search: string, words: readonly string[]): boolean => {
  const matches = ({ searchTerms }: Condition): boolean =>
    words.some((word) => (searchTerms instanceof RegExp ? searchTerms.test(word) : word === searchTerms));
  const { $and = [], $or } = personFilter(search) as Filter;
  return $and.every(matches) && ($or === undefined || $or.some(matches));
};

const words = personWords({
  texts: ['Società D’Angelo-Müller', 'info@dangelo.example', '00743110157', 'Łukasz', undefined],
  phone: '+39 333 12.34.567',
});

describe('search', () => {
  for (const search of [
    'società',
    'SOCIETA',
    'muller',
    'Müll',
    'angelo soc',
    "D'Angelo",
    'd´angelo',
    'dangelomuller',
    'lukasz',
    'info@dangelo',
    'dangelo',
    '00743110157',
    'IT00743110157',
    '333 1234567',
    '+39 333 1234567',
    '0039 333',
    '3331234567',
    '\u202a333\u2011123\u20114567\u202c',
  ]) {
    it(`when "${search}" is searched, then the customer is found`, () => expect(finds(search, words)).to.be.true);
  }
  for (const search of ['rossi', 'società rossi', '.*', '^z', '4567', '(z+)+$', '[', '...', '-----']) {
    it(`when "${search}" is searched, then the customer is not found`, () => expect(finds(search, words)).to.be.false);
  }
  it('when nothing is searched, then nothing is filtered', () => expect(personFilter(undefined)).to.deep.equal({}));
  it('when a search has very many words, then each of them counts', () => {
    expect(finds('societa dangelo muller info 00743110157 lukasz 333', words)).to.equal(true);
    expect(finds('societa dangelo muller info 00743110157 lukasz rossi', words)).to.equal(false);
  });
});
