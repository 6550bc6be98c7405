import { expect } from 'chai';
import { mapInTurns } from '../../src/concurrency/map-in-turns.js';

describe('mapInTurns', () => {
  it('when there are many, then others have their turn in between, and the order is kept', async () => {
    const seen: (number | string)[] = [];
    const items = Array.from({ length: 20 }, (_, index) => index);
    setImmediate(() => seen.push('another request'));
    const found = await mapInTurns(items, (item) => {
      seen.push(item);
      return item * 2;
    });
    expect(found).to.deep.equal(items.map((item) => item * 2));
    expect(seen.indexOf('another request')).to.be.within(1, 10);
  });
});
