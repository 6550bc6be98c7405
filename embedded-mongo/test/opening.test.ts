import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describeEmbedded, withServer } from './test-server.js';

const opener = fileURLToPath(new URL('./opening-process.js', import.meta.url));

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
});
