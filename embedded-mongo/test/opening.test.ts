import { expect } from 'chai';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { OPEN_LOCK_FILE } from '../src/storage/open-lock.js';
import { describeEmbedded, withServer } from './test-server.js';

const opener = fileURLToPath(new URL('./opening-process.js', import.meta.url));
const holding = fileURLToPath(new URL('./holding-process.js', import.meta.url));

describeEmbedded('a directory that other processes open', () => {
  const server = withServer();

  it('when they do so while it is written to, then every write that was answered stays', async () => {
    const items = server.fresh<{ _id: number }>();
    let [writing, written] = [true as boolean, 0];
    const writer = (async () => {
      while (writing) await items.insertOne({ _id: written++ });
    })();
    const openers = [0, 1].map(() => promisify(execFile)(process.execPath, [opener, server.dataDir, '150']));
    await Promise.all(openers).finally(() => (writing = false));
    await writer;
    expect(await server.db.command({ validate: items.collectionName })).to.include({ valid: true, nrecords: written });
  });

  it('when one of them stands still in the middle, then writes fail until it is gone, and reads do not', async () => {
    const items = server.fresh<{ _id: number }>();
    await items.insertOne({ _id: 1 });
    const holder = spawn(process.execPath, [holding, join(server.dataDir, OPEN_LOCK_FILE)], { stdio: ['pipe', 'pipe', 'inherit'] });
    try {
      await once(holder.stdout, 'data');
      const [first, second] = await Promise.allSettled([items.insertOne({ _id: 2 }), items.updateOne({ _id: 1 }, { $set: { a: 1 } })]);
      for (const write of [first, second]) expect(write).to.have.nested.property('reason.code', 24);
      expect(await items.countDocuments()).to.equal(1);
    } finally {
      holder.stdin.end();
      await once(holder, 'exit');
    }
    await items.insertOne({ _id: 2 });
    expect(await items.find().toArray()).to.deep.equal([{ _id: 1 }, { _id: 2 }]);
  });
});
