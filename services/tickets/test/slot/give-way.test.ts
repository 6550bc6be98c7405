import { expect } from 'chai';
import { mapGivingWay } from '../../src/appointment/give-way.js';

describe('mapGivingWay', () => {
  it('when there are many, then others have their turn in between, and the order is kept', async () => {
    const seen: (number | string)[] = [];
    const items = Array.from({ length: 20 }, (_, index) => index);
    setImmediate(() => seen.push('another request'));
    const found = await mapGivingWay(items, (item) => {
      seen.push(item);
      return item * 2;
    });
    expect(found).to.deep.equal(items.map((item) => item * 2));
    expect(seen.indexOf('another request')).to.be.within(1, 10);
  });
});
