import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Collection } from 'mongodb';
import { withSeed } from './seeded.js';
import { describeEmbedded, errorOf, withServer } from './test-server.js';

interface Item {
  _id: number;
  k: number;
  text?: string;
}

const toolsProcess = fileURLToPath(new URL('./tools-process.js', import.meta.url));
const DOCUMENTS = 4002;
const LANES = 6;

/** Documents by their `_id`, as the answers of the server say they must be; each lane changes only ids of its own. */
class Model {
  private next = DOCUMENTS;
  readonly documents = new Map(Array.from({ length: DOCUMENTS }, (_, n) => [n, n]));

  constructor(
    private readonly items: Collection<Item>,
    private readonly random: (below: number) => number,
  ) {}

  /** Writes until it is told to stop; a value that a unique index refuses changes nothing. */
  async lane(lane: number, stop: () => boolean): Promise<void> {
    const own = (): number => this.random(DOCUMENTS / LANES) * LANES + lane;
    while (!stop()) {
      const [one, other] = [own(), own()];
      // Mostly an earlier document takes the value of a later one: a build has met the first and not yet the second.
      if (this.random(4) > 0) await this.write(Math.min(one, other), Math.max(one, other));
      else await this.write(one, other);
    }
  }

  /** The first document takes the value of the second one, which is given another value or deleted: in one command, if it can be. */
  private async write(to: number, from: number): Promise<void> {
    const value = this.documents.get(from);
    if (to === from || value === undefined) return;
    const [fresh, choice] = [this.next++, this.random(10)];
    const take = { updateOne: { filter: { _id: to }, update: { $set: { k: value } }, upsert: true } };
    const give = { updateOne: { filter: { _id: from }, update: { $set: { k: fresh } } } };
    const leave = { deleteOne: { filter: { _id: from } } };
    try {
      await this.items.bulkWrite(choice < 8 ? [take, give] : choice < 9 ? [take, leave] : [leave, take]);
      this.documents.set(to, value);
      if (choice < 8) this.documents.set(from, fresh);
      else this.documents.delete(from);
    } catch (error) {
      expect(error).to.include({ code: 11000 });
    }
  }
}

describeEmbedded('under load', () => {
  const server = withServer();

  const stored = async (items: Collection<Item>): Promise<Item[]> => items.find().sort({ _id: 1 }).hint({ $natural: 1 }).toArray();

  it('when documents change while a unique index is built, then the index holds each value of theirs once', () =>
    withSeed(async (random) => {
      for (let round = 0; round < 3; round++) {
        const items = server.fresh<Item>();
        await items.insertMany(Array.from({ length: DOCUMENTS }, (_, n) => ({ _id: n, k: n })));
        const model = new Model(items, random);
        let done = false;
        const building = items.createIndexes([{ key: { k: 1 }, unique: true }]).then(
          () => (done = true),
          (error: unknown) => {
            done = true;
            expect(error).to.include({ code: 11000 });
          },
        );
        await Promise.all([building, ...Array.from({ length: LANES }, (_, lane) => model.lane(lane, () => done))]);
        const documents = await stored(items);
        expect(documents.map(({ _id, k }) => [_id, k])).to.deep.equal([...model.documents].sort(([a], [b]) => a - b));
        expect(await server.db.command({ validate: items.collectionName })).to.deep.include({ errors: [], valid: true });
        if ((await items.indexes()).length === 1) continue;
        expect(new Set(documents.map(({ k }) => k)).size).to.equal(documents.length);
        for (const { k } of documents.filter(() => random(200) === 0))
          expect(await errorOf(items.insertOne({ _id: -1, k }))).to.include({ code: 11000 });
      }
    }));

  /** Waits for some answers of the server, so that what comes next meets a query that is under way. */
  const aMoment = async (random: (below: number) => number): Promise<void> => {
    for (let left = random(12); left > 0; left--) await server.db.command({ ping: 1 });
  };

  it('when several clients change one long document, then no change is lost', async () => {
    const items = server.fresh<{ _id: number; n: number; list: number[] }>();
    await items.insertOne({ _id: 1, n: 0, list: Array.from({ length: 150_000 }, (_, n) => n) });
    await items.createIndexes([{ key: { n: 1 } }]);
    const changes = [
      () => items.updateOne({ list: 149_000 }, { $inc: { n: 1, 'list.0': 1 } }),
      () => items.updateMany({ list: 149_000 }, { $inc: { n: 1, 'list.0': 1 } }),
      () => items.updateOne({ _id: 1 }, [{ $set: { n: { $add: ['$n', 1] }, list: { $concatArrays: ['$list', [0]] } } }]),
      () => items.findOneAndUpdate({ list: 149_000 }, { $inc: { n: 1 } }, { projection: { n: { $add: ['$n', 0] } } }),
      () => items.updateOne({ _id: 1 }, { $inc: { n: 1 } }),
    ];
    const ROUNDS = 5;
    await Promise.all(
      changes.map(async (change) => {
        for (let round = 0; round < ROUNDS; round++) await change();
      }),
    );
    const [found] = await items.find().toArray();
    expect(found?.n).to.equal(changes.length * ROUNDS);
    expect(found?.list[0]).to.equal(2 * ROUNDS);
    expect(found?.list).to.have.length(150_000 + ROUNDS);
    expect(await server.db.command({ validate: items.collectionName })).to.deep.include({ errors: [], valid: true });
  });

  it('when several clients delete long documents, then each is deleted by one of them', async () => {
    const items = server.fresh<{ _id: number; list: number[] }>();
    const documents = Array.from({ length: 5 }, (_, _id) => ({ _id, list: Array.from({ length: 20_000 }, (_, n) => n) }));
    await items.insertMany(documents);
    await items.createIndexes([{ key: { list: 1 } }]);
    const deleted = await Promise.all([
      items.deleteMany({}).then(({ deletedCount }) => deletedCount),
      items.deleteMany({ list: 19_000 }).then(({ deletedCount }) => deletedCount),
      items.deleteOne({ list: 19_000 }).then(({ deletedCount }) => deletedCount),
      items.findOneAndDelete({}).then((found) => (found ? 1 : 0)),
      items.updateMany({}, { $set: { 'list.0': -1 } }).then(() => 0),
    ]);
    expect(deleted.reduce((sum, n) => sum + n)).to.equal(documents.length);
    expect(await items.countDocuments({ list: { $gte: -1 } })).to.equal(0);
    expect(await server.db.command({ validate: items.collectionName })).to.deep.include({ errors: [], valid: true, nrecords: 0 });
  });

  it('when an index or a collection is dropped under a query, then the query ends with an error or is complete', () =>
    withSeed(async (random) => {
      const documents = Array.from({ length: 12_000 }, (_, n) => ({ _id: n, k: n, list: [n, -n - 1] }));
      const read = async (question: Promise<unknown>): Promise<unknown> =>
        question.catch((error: unknown) => ({ code: (error as { code: number }).code }));
      for (let round = 0; round < 3; round++) {
        const items = server.fresh<Item & { list: number[] }>();
        await items.insertMany(documents);
        await items.createIndexes([{ key: { k: 1 } }, { key: { list: 1 } }]);
        const sizes = { batchSize: random(2) === 0 ? documents.length + 1 : 1000 };
        const questions = [
          items
            .find({ k: { $gte: 0 } }, sizes)
            .hint('k_1')
            .toArray()
            .then(({ length }) => length),
          items
            .find({ list: { $gte: 0 } }, sizes)
            .hint('list_1')
            .toArray()
            .then(({ length }) => length),
          items.countDocuments({ list: { $gte: 0 } }, { hint: 'list_1' }),
          items
            .aggregate([{ $match: { k: { $gte: 0 } } }, { $group: { _id: { $mod: ['$k', 2] }, n: { $sum: 1 } } }], { hint: 'k_1' })
            .toArray()
            .then((groups) => groups.reduce((sum, { n }) => sum + Number(n), 0)),
          items
            .find({}, sizes)
            .hint({ $natural: 1 })
            .toArray()
            .then(({ length }) => length),
        ].map(read);
        await aMoment(random);
        await Promise.all([items.dropIndexes(), ...(random(2) === 0 ? [items.drop()] : [])]);
        // 175: dropped meanwhile. 2: before the query began. 43 and 237: the collection's cursors were ended. 26: it was gone.
        for (const answer of await Promise.all(questions))
          expect(answer).to.deep.be.oneOf([documents.length, ...[175, 2, 43, 237, 26].map((code) => ({ code }))]);
      }
    }));

  it('when a directory is served and written to, then every verify, validate and backup finds it sound', () =>
    withSeed(async (random) => {
      const items = server.fresh<Item>();
      await items.insertMany(Array.from({ length: DOCUMENTS }, (_, n) => ({ _id: n, k: n, text: 'x'.repeat(random(8000)) })));
      const model = new Model(items, random);
      const backup = join(mkdtempSync(join(tmpdir(), 'embedded-mongo-under-load-')), 'backup.mdb');
      const tools = spawn(process.execPath, [toolsProcess, server.dataDir, backup, '3000'], { stdio: ['ignore', 'pipe', 'pipe'] });
      const said: Buffer[] = [];
      for (const stream of [tools.stdout, tools.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk));
      let done = false;
      const ended = once(tools, 'close').finally(() => (done = true));
      const change = async (): Promise<void> => {
        while (!done) {
          await items
            .createIndexes([{ key: { k: 1 }, unique: random(2) === 0 }])
            .catch((error: unknown) => expect(error).to.include({ code: 11000 }));
          const scratch = server.fresh();
          await scratch.insertMany(Array.from({ length: 200 }, (_, n) => ({ n, text: 'x'.repeat(random(3000)) })));
          expect(await server.db.command({ validate: items.collectionName })).to.deep.include({ errors: [], valid: true });
          await Promise.all([scratch.drop(), items.dropIndexes()]);
        }
      };
      await Promise.all([ended, change(), ...Array.from({ length: LANES }, (_, lane) => model.lane(lane, () => done))]);
      rmSync(dirname(backup), { recursive: true });
      const lines = Buffer.concat(said).toString().trim().split('\n');
      const alarms = lines.filter((line) => !/^(sound: |backed up )/.test(line)).join('\n');
      expect(alarms, alarms).to.equal('');
      expect(lines.length).to.be.greaterThan(2);
      expect((await stored(items)).map(({ _id, k }) => [_id, k])).to.deep.equal([...model.documents].sort(([a], [b]) => a - b));
    }));
});
