import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { countRange, type KeySource } from '../src/plan/count.js';
import { openStore, type Store } from '../src/storage/store.js';
import { withServer } from './test-server.js';

const SIZES = [0, 1, 127, 128, 129, 255, 256, 257, 600];
const LIMITS = [1, 2, 127, 128, 129, 256, 257, 599, 600, 601, 100_000];

describe('counting up to a limit', () => {
  const server = withServer();
  const items = () => server.db.collection('items');

  before(async () => {
    await items().createIndexes([{ key: { group: 1 } }, { key: { zone: 1 } }]);
    await items().insertMany(SIZES.flatMap((size) => Array.from({ length: size }, (_, n) => ({ group: size, zone: `z${n}` }))));
  });

  for (const size of SIZES) {
    it(`counts ${size} documents as far as it is asked to`, async () => {
      for (const limit of LIMITS)
        expect(await items().countDocuments({ group: size }, { limit }), String(limit)).to.equal(Math.min(size, limit));
    });
  }

  it('counts over several ranges as far as it is asked to', async () => {
    for (const limit of LIMITS)
      expect(await items().countDocuments({ group: { $in: [1, 128, 257] } }, { limit }), String(limit)).to.equal(Math.min(386, limit));
  });

  it('counts a document once, however many of its elements are looked for', async () => {
    await server.db.collection('lists').createIndexes([{ key: { list: 1, n: 1 } }]);
    await server.db.collection('lists').insertMany(Array.from({ length: 300 }, (_, n) => ({ n, list: [n % 3, 'a', 'ab', n % 5] })));
    const count = (filter: object): Promise<number> => server.db.collection('lists').countDocuments(filter, { hint: 'list_1_n_1' });
    expect(await count({ list: 'a' })).to.equal(300);
    expect(await count({ list: 'a', n: { $in: [1, 2, 3] } })).to.equal(3);
    expect(await count({ list: { $in: ['a', 'ab'] } })).to.equal(300);
    expect(await count({ list: /^a/ })).to.equal(300);
    expect(await count({ list: 1 })).to.equal(140);
  });
});

describe('the cost of counting up to a limit', () => {
  let dataDir: string;
  let store: Store;

  before(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'embedded-mongo-count-'));
    store = openStore(dataDir);
    await store.root.transaction(() => {
      for (let n = 0; n < 20_000; n++) store.index.putSync(Buffer.from(String(n).padStart(6, '0')), Buffer.alloc(0));
    });
  });
  after(async () => {
    await store.root.close();
    rmSync(dataDir, { recursive: true });
  });

  it('is a few times what is in the range, not the limit', () => {
    let passed = 0;
    const index: KeySource = {
      getKeys: (range) => {
        passed += (range?.offset ?? 0) + 1;
        return store.index.getKeys(range);
      },
      getKeysCount: (range) => {
        const count = store.index.getKeysCount(range);
        passed += count;
        return count;
      },
    };
    for (const size of [0, 10, 1_000, 5_000]) {
      passed = 0;
      const range = { start: Buffer.from('000100'), end: Buffer.from(String(100 + size).padStart(6, '0')) };
      const steps = countRange(index, range, 15_000);
      let step = steps.next();
      while (!step.done) step = steps.next();
      expect(step.value).to.equal(size);
      expect(passed, String(size)).to.be.at.most(128 + 3 * size);
    }
  });
});
