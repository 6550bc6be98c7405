import { expect } from 'chai';
import { searchFilter, searchTerms } from '../src/search-terms.js';

interface Range {
  readonly searchTerms: { readonly $elemMatch: { readonly $gte: string; readonly $lt: string } };
}
type Condition = Range | { readonly $or: readonly Range[] };

/** What MongoDB makes of the filter. */
const finds = (search: string, terms: readonly string[]): boolean => {
  const matches = ({ searchTerms: { $elemMatch } }: Range): boolean =>
    terms.some((term) => term >= $elemMatch.$gte && term < $elemMatch.$lt);
  const { $and = [] } = searchFilter(search) as { $and?: readonly Condition[] };
  return $and.every((condition) => ('$or' in condition ? condition.$or.some(matches) : matches(condition)));
};

const terms = searchTerms({
  words: ['Società D’Angelo-Müller', 'info@dangelo.example', '00743110157'],
  phones: ['+39 333 12.34.567'],
});

describe('search', () => {
  for (const search of [
    'società',
    'SOCIETA',
    'muller',
    'Müll',
    'angelo soc',
    'info@dangelo',
    'dangelo',
    '00743110157',
    'IT00743110157',
    '333 1234567',
    '+39 333 1234567',
    '0039 333',
    '3331234567',
  ]) {
    it(`when "${search}" is searched, then the customer is found`, () => expect(finds(search, terms)).to.be.true);
  }
  for (const search of ['rossi', 'società rossi', '.*', '^s', '4567', '(a+)+$', '[']) {
    it(`when "${search}" is searched, then the customer is not found`, () => expect(finds(search, terms)).to.be.false);
  }
  it('when a search is blank, then nothing is filtered', () => expect(searchFilter('   ')).to.deep.equal({}));
  it('when a search has very many words, then only a few of them count', () => {
    expect((searchFilter('a '.repeat(500)) as { $and: unknown[] }).$and).to.have.length.below(10);
  });
});
