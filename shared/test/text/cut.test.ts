import { expect } from 'chai';
import fc from 'fast-check';
import { cut } from '../../src/text/cut.js';

describe('cutting texts', () => {
  it('when a character takes several units, then it is kept whole or left out', () => {
    expect(cut('👩‍🔧 ok', 4)).to.equal('');
    expect(cut('👩‍🔧 ok', 6)).to.equal('👩‍🔧 ');
    expect(cut('e\u0301a', 1)).to.equal('');
    expect(cut('e\u0301a', 2)).to.equal('e\u0301');
  });

  it('when any text is cut, then it is a well-formed beginning that fits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(20), (text, most) => {
        const begun = cut(text, most);
        expect(text.startsWith(begun) && begun.length <= most && !/\p{Cs}/u.test(begun)).to.equal(true);
        if (text.length <= most) expect(begun).to.equal(text);
      }),
    );
  });

  it('when a text is cut, then it ends where a character of the whole text ends', () => {
    const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
    const ends = (text: string): readonly number[] => [...segmenter.segment(text)].map(({ index, segment }) => index + segment.length);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.nat(20), (text, most) => {
        expect(cut(text, most).length).to.equal(ends(text).findLast((end) => end <= most) ?? 0);
      }),
    );
  });
});
