import { expect } from 'chai';
import type { Document } from 'mongodb';
import { describeEmbedded, errorOf, withServer } from './test-server.js';

/** What one stage may hold is 100 MB, as in MongoDB (manual: core/aggregation-pipeline-limits). */
describeEmbedded('memory limits', function () {
  // A limit for a machine that others use as well, not an expectation.
  this.timeout(120_000);
  const server = withServer();
  const filler = 'x'.repeat(100_000);
  /** Stages that give 1,200 documents of 100 kB without any being stored. */
  const much: Document[] = [
    { $documents: [{ i: { $range: [0, 1200] } }] },
    { $unwind: '$i' },
    { $set: { filler: { $concat: [filler, { $toString: '$i' }] } } },
  ];
  const run = (...stages: Document[]): Promise<Document[]> => server.db.aggregate([...much, ...stages]).toArray();

  const refused: [string, Document, number][] = [
    ['$sort', { $sort: { filler: 1 } }, 292],
    ['$group by something long', { $group: { _id: '$filler' } }, 292],
    ['$group that keeps whole documents', { $group: { _id: '$i', first: { $first: '$$ROOT' } } }, 292],
    ['$push', { $group: { _id: null, all: { $push: '$filler' } } }, 146],
    ['$addToSet', { $group: { _id: null, all: { $addToSet: '$filler' } } }, 146],
    ['$topN', { $group: { _id: null, all: { $topN: { n: 2000, sortBy: { i: 1 }, output: '$filler' } } } }, 292],
    ['$facet', { $facet: { one: [{ $count: 'n' }] } }, 292],
    ['$sample', { $sample: { size: 5000 } }, 292],
    ['$bucketAuto', { $bucketAuto: { groupBy: '$i', buckets: 2 } }, 292],
    ['$sortByCount', { $sortByCount: '$filler' }, 292],
  ];
  for (const [what, stage, code] of refused) {
    it(`${what} beyond 100 MB ends with ${code}`, async () => {
      expect(await errorOf(run(stage))).to.include({ code });
    });
  }

  it('what only passes through is not limited', async () => {
    expect(await run({ $group: { _id: null, n: { $sum: 1 }, longest: { $max: '$filler' } } }, { $project: { n: 1 } })).to.deep.equal([
      { _id: null, n: 1200 },
    ]);
    expect(await run({ $sort: { filler: -1 } }, { $limit: 2 }, { $project: { i: 1 } })).to.deep.equal([{ i: 999 }, { i: 998 }]);
    const top = { $topN: { n: 2, sortBy: { i: -1 }, output: '$i' } };
    expect(await run({ $group: { _id: null, top } })).to.deep.equal([{ _id: null, top: [1199, 1198] }]);
    expect(await run({ $sample: { size: 3 } }, { $count: 'n' })).to.deep.equal([{ n: 3 }]);
  });

  it('a document that a pipeline makes longer than 16 MB is refused with 10334', async () => {
    const large = { $range: [0, 200] };
    const stages = [{ $documents: [{ a: large }] }, { $set: { a: { $map: { input: '$a', in: { $concat: [filler, ''] } } } } }];
    expect(await errorOf(server.db.aggregate(stages).toArray())).to.include({ code: 10334 });
  });

  describe('over a collection of 120 MB', () => {
    before(async () => {
      for (let n = 0; n < 1200; n += 100) {
        await server.db.collection('large').insertMany(Array.from({ length: 100 }, (_, i) => ({ n: n + i, filler: `${filler}${n + i}` })));
      }
    });

    it('a sort without an index ends with 292, with a small limit it does not', async () => {
      const items = server.db.collection('large');
      expect(await errorOf(items.find().sort({ filler: 1 }).toArray())).to.include({ code: 292 });
      expect(await errorOf(items.find().sort({ filler: 1 }).allowDiskUse().toArray())).to.include({ code: 292 });
      const [last] = await items.find().sort({ filler: -1 }).limit(1).toArray();
      expect(last).to.include({ n: 999 });
    });

    it('$lookup that would join more than 100 MB to one document ends with 4568', async () => {
      await server.db.collection('one').insertOne({ a: 1 });
      const join = { $lookup: { from: 'large', pipeline: [], as: 'all' } };
      expect(await errorOf(server.db.collection('one').aggregate([join]).toArray())).to.include({ code: 4568 });
    });

    it('distinct of more than 16 MB ends with 17217', async () => {
      expect(await errorOf(server.db.collection('large').distinct('filler'))).to.include({ code: 17217 });
    });

    it('$out and $merge write in portions', async () => {
      const items = server.db.collection('large');
      await items.aggregate([{ $set: { copied: true } }, { $out: 'copy' }]).toArray();
      expect(await server.db.collection('copy').countDocuments({ copied: true })).to.equal(1200);
      await items.aggregate([{ $project: { n: 1 } }, { $merge: { into: 'copy', whenMatched: 'replace' } }]).toArray();
      expect(await server.db.collection('copy').countDocuments({ copied: { $exists: false } })).to.equal(1200);
    });

    it('$merge into its own source ends, also when every result is new', async () => {
      const items = server.db.collection('large');
      await items.aggregate([{ $project: { _id: 0, n: 1 } }, { $merge: 'large' }]).toArray();
      expect(await items.countDocuments()).to.equal(2400);
    });
  });
});
