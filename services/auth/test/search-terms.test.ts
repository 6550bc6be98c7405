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
    it(`"${search}" finds`, () => expect(finds(search, terms)).to.be.true);
  }
  for (const search of ['rossi', 'società rossi', '.*', '^s', '4567', '(a+)+$', '[']) {
    it(`"${search}" does not find`, () => expect(finds(search, terms)).to.be.false);
  }
  it('a query of blanks filters nothing', () => expect(searchFilter('   ')).to.deep.equal({}));
  it('the number of words is bounded', () => {
    expect((searchFilter('a '.repeat(500)) as { $and: unknown[] }).$and).to.have.length.below(10);
  });
});
