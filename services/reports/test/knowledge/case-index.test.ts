import { expect } from 'chai';
import { bestOf } from '../../src/knowledge/search/best-of.js';
import { createCaseIndex, type CaseText } from '../../src/knowledge/search/case-index.js';
import { createStem } from '../../src/knowledge/search/case-words.js';

const textOf = (id: string, symptom: string, version = 1, part: Partial<CaseText> = {}): CaseText => ({
  id,
  version,
  brandKey: '',
  modelKey: '',
  status: 'PUBLISHED',
  public: true,
  tags: [],
  usefulCount: 0,
  symptom,
  solution: 'renewed',
  parts: [],
  ...part,
});
const anything = () => true;

describe('knowledge: the index of words', () => {
  const stem = createStem();

  it('when cases change again and again, then only what they say now is found', () => {
    const index = createCaseIndex(stem);
    for (let version = 1; version <= 50; version++)
      for (const id of ['a', 'b', 'c']) index.put(textOf(id, version % 2 === 0 ? `hinge ${id}x` : `lid ${id}x`, version));
    const idsOf = (search: string) => index.search(search, anything, 10).best.map(({ found }) => found.id);
    expect([index.size, index.outdated]).to.deep.equal([3, 147]);
    expect(idsOf('hinge')).to.have.members(['a', 'b', 'c']);
    expect(idsOf('lid')).to.deep.equal([]);
    expect(idsOf('hinge bx')).to.deep.equal(['b']);
    index.put(textOf('b', 'lid', 51));
    expect([idsOf('hinge'), idsOf('lid')]).to.deep.equal([['a', 'c'], ['b']]);
  });

  it('when only the uses of a case change, then its place changes and nothing is outdated', () => {
    const index = createCaseIndex(stem);
    for (const id of ['a', 'b']) index.put(textOf(id, 'broken hinge'));
    index.put(textOf('b', 'broken hinge', 1, { usefulCount: 7 }));
    expect(index.search('hinge', anything, 10).best.map(({ found }) => found.id)).to.deep.equal(['b', 'a']);
    expect(index.outdated).to.equal(0);
  });

  it('when few or many are wanted, then they are the best of all, in order', () => {
    const scores = Array.from({ length: 700 }, (_, index) => (index * 37) % 101);
    const isBefore = (one: number, other: number) => one < other;
    const sorted = scores.map((_, index) => index).sort((one, other) => (scores[other] ?? 0) - (scores[one] ?? 0) || one - other);
    for (const most of [0, 1, 20, 499, 501, 900])
      expect(bestOf(scores.length, most, (index) => scores[index] ?? 0, isBefore)).to.deep.equal(sorted.slice(0, most));
  });

  it('when a text has more words than are asked for, then the first are', () => {
    const index = createCaseIndex(stem);
    index.put(textOf('a', 'word16'));
    index.put(textOf('b', 'word1'));
    const text = Array.from({ length: 40 }, (_, n) => `word${n}`).join(' ');
    expect(index.similar(text, anything, () => 1, 10).best.map(({ found, words }) => [found.id, words])).to.deep.equal([['b', ['word1']]]);
  });
});
