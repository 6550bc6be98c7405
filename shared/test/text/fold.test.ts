import { expect } from 'chai';
import { chunksOf, endOfPrefix, fold, partsOf } from '../../src/text/fold.js';

describe('texts as search compares them', () => {
  it('when a text has capitals, accents and ligatures, then its folded form has none', () => {
    expect(fold('Perché CAFFÈ ﬁle Ångström')).to.equal('perche caffe file angstrom');
  });

  it('when a text has blanks of all kinds, then chunks are what stands between them', () => {
    expect(chunksOf('  Won’t\tTKT-2026-001\u00a0(ok)\n')).to.deep.equal(['won’t', 'tkt-2026-001', '(ok)']);
  });

  it('when a chunk has signs inside and around, then its parts are letters and digits only', () => {
    expect(partsOf('(tkt-2026-001)')).to.deep.equal(['tkt', '2026', '001']);
    expect(partsOf('…')).to.deep.equal([]);
  });

  it('when words begin with a term, then they lie between it and the end of its range, and no others do', () => {
    const words = ['caff', 'caffe', 'caffè', 'caff\u{10fffe}', 'cafg', 'cafe', 'caf'];
    expect(words.filter((word) => word >= 'caff' && word < endOfPrefix('caff'))).to.deep.equal(words.slice(0, 4));
  });
});
