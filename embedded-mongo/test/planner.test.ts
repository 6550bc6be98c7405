import { expect } from 'chai';
import type { Document, FindOptions } from 'mongodb';
import { describeEmbedded, withServer } from './test-server.js';

interface Explained {
  queryPlanner: { winningPlan: Document };
  executionStats: { nReturned: number; totalKeysExamined: number; totalDocsExamined: number };
}

function stagesOf(plan: Document): string[] {
  const inner = (plan.inputStages as Document[] | undefined) ?? (plan.inputStage ? [plan.inputStage as Document] : []);
  return [String(plan.stage), ...inner.flatMap(stagesOf)];
}

function indexOf(plan: Document): string | undefined {
  if (typeof plan.indexName === 'string') return plan.indexName;
  return plan.inputStage ? indexOf(plan.inputStage as Document) : undefined;
}

describeEmbedded('the planner, as explain shows it', () => {
  const server = withServer();
  const total = 400;
  const documents = Array.from({ length: total }, (_, n) => ({
    n,
    tenant: `t${n % 4}`,
    status: ['new', 'open', 'done'][n % 3],
    at: new Date(n * 1000),
    tags: [`a${n % 5}`, 'all'],
    name: `name ${String(n).padStart(3, '0')}`,
    ...(n % 10 === 0 ? { outbox: [{ id: n }], rare: n } : { outbox: [] }),
  }));
  const items = () => server.db.collection('items');

  before(async () => {
    await items().insertMany(documents);
    await items().createIndexes([
      { key: { tenant: 1, status: 1, at: -1 } },
      { key: { n: 1 } },
      { key: { tags: 1 } },
      { key: { name: 1 } },
      { key: { rare: 1 }, sparse: true },
      { key: { 'outbox.0.id': 1 }, name: 'pending', partialFilterExpression: { 'outbox.0': { $exists: true } } },
      { key: { at: 1 }, name: 'recent', partialFilterExpression: { status: 'new' } },
    ]);
  });

  const explain = async (filter: Document, options: FindOptions = {}): Promise<Explained> =>
    (await items().find(filter, options).explain('executionStats')) as unknown as Explained;

  /** Filter and options, the index that must serve it, and how many keys and documents it may look at. */
  const rows: [string, Document, FindOptions, string, number, number][] = [
    ['equality', { n: 7 }, {}, 'n_1', 1, 1],
    ['$in', { n: { $in: [1, 5, 9] } }, {}, 'n_1', 3, 3],
    ['a range', { n: { $gte: 10, $lt: 20 } }, {}, 'n_1', 10, 10],
    ['a prefix of a compound index', { tenant: 't1' }, {}, 'tenant_1_status_1_at_-1', 100, 100],
    ['all fields of a compound index', { tenant: 't1', status: 'new', at: { $lt: new Date(50_000) } }, {}, 'tenant_1_status_1_at_-1', 5, 5],
    ['a page in index order', { tenant: 't1', status: 'open' }, { sort: { at: -1 }, limit: 5 }, 'tenant_1_status_1_at_-1', 5, 5],
    ['a page in reverse index order', { tenant: 't1', status: 'open' }, { sort: { at: 1 }, limit: 5 }, 'tenant_1_status_1_at_-1', 5, 5],
    [
      'a page over $in, merged',
      { tenant: 't1', status: { $in: ['new', 'open'] } },
      { sort: { at: -1 }, limit: 5 },
      'tenant_1_status_1_at_-1',
      5,
      5,
    ],
    ['a sort alone', {}, { sort: { n: -1 }, limit: 3 }, 'n_1', 3, 3],
    ['a multikey equality', { tags: 'a3' }, {}, 'tags_1', 80, 80],
    ['a regular expression with a literal prefix', { name: /^name 01/ }, {}, 'name_1', 10, 10],
    ['a regular expression with an escaped character', { name: { $regex: '^name\\ 01' } }, {}, 'name_1', 10, 10],
    ['an element between two values', { tags: { $elemMatch: { $gte: 'a3', $lt: 'a4' } } }, {}, 'tags_1', 80, 80],
    [
      'an element other than those that are known',
      { tags: { $elemMatch: { $gte: 'a', $lt: 'b', $nin: ['a0', 'a1', 'a3'] } } },
      { limit: 5 },
      'tags_1',
      5,
      5,
    ],
    ['an element that there is not', { tags: { $elemMatch: { $gte: 'al', $lt: 'am', $nin: ['all'] } } }, {}, 'tags_1', 0, 0],
    ['a sparse index', { rare: { $gte: 0 } }, {}, 'rare_1', 40, 40],
    ['a partial index on what is there', { 'outbox.0': { $exists: true }, 'outbox.0.id': { $gte: 0 } }, {}, 'pending', 40, 40],
    ['a partial index whose condition the filter contains', { status: 'new', at: { $lt: new Date(30_000) } }, {}, 'recent', 10, 10],
  ];
  for (const [what, filter, options, index, keys, docs] of rows) {
    it(`serves ${what} from ${index}`, async () => {
      const { queryPlanner, executionStats } = await explain(filter, options);
      const stages = stagesOf(queryPlanner.winningPlan);
      expect(stages).to.include('IXSCAN').and.not.include('SORT').and.not.include('COLLSCAN');
      expect(indexOf(queryPlanner.winningPlan)).to.equal(index);
      expect(executionStats.totalKeysExamined).to.be.at.most(keys + (options.limit ? 0 : 1));
      expect(executionStats.totalDocsExamined).to.be.at.most(docs);
    });
  }

  const scans: [string, Document][] = [
    ['without an index', { missing: 1 }],
    ['a sparse index that could lack documents', { rare: null }],
    ['a partial index whose condition the filter does not contain', { at: { $lt: new Date(5000) } }],
    ['a negation', { n: { $ne: 5 } }],
  ];
  for (const [what, filter] of scans) {
    it(`scans the collection for ${what}`, async () => {
      const { queryPlanner } = await explain(filter);
      expect(stagesOf(queryPlanner.winningPlan)).to.include('COLLSCAN');
    });
  }

  it('takes what all branches of a long $or ask of one path for a range', async () => {
    const { queryPlanner, executionStats } = await explain({
      $or: Array.from({ length: 600 }, (_, n) => ({ n: n * 2, name: { $exists: true } })),
    });
    expect(indexOf(queryPlanner.winningPlan)).to.equal('n_1');
    expect(executionStats).to.include({ nReturned: total / 2, totalDocsExamined: total / 2 });
  });

  it('joins the indexes of the branches of $or', async () => {
    const { queryPlanner, executionStats } = await explain({ $or: [{ n: 5 }, { tags: 'a1', tenant: 't1' }] });
    expect(stagesOf(queryPlanner.winningPlan)).to.include('OR').and.not.include('COLLSCAN');
    expect(executionStats.nReturned).to.equal(21);
  });

  it('counts from the index without looking at documents', async () => {
    const reply = await server.db.command({ explain: { count: 'items', query: { tenant: 't2' } }, verbosity: 'executionStats' });
    expect(stagesOf((reply as unknown as Explained).queryPlanner.winningPlan)).to.deep.equal(['COUNT', 'COUNT_SCAN']);
    expect(reply.executionStats).to.include({ nReturned: 100, totalDocsExamined: 0 });
    expect(await items().countDocuments({ tenant: 't2' })).to.equal(100);
  });

  const counted: readonly (readonly [string, Document, number | undefined, number, number])[] = [
    ['of an array by its keys', { tags: 'a2' }, undefined, 80, 81],
    ['of an array with several that match, each once', { tags: { $in: ['a2', 'all'] } }, undefined, total, 481],
    ['of an array up to a limit', { tags: 'all' }, 50, 50, 51],
    ['up to a limit', { tenant: 't2' }, 30, 30, 31],
    ['with fewer than the limit', { tenant: 't2' }, 300, 100, 101],
    ['by a prefix', { name: /^name 1/ }, undefined, 100, 101],
    ['by a prefix with an escaped character', { name: { $regex: '^name\\ 1' } }, 7, 7, 8],
  ];
  for (const [what, filter, limit, n, keys] of counted) {
    it(`counts ${what}, and looks at no document`, async () => {
      expect(await items().countDocuments(filter, limit === undefined ? {} : { limit })).to.equal(n);
      const stages = [{ $match: filter }, ...(limit === undefined ? [] : [{ $limit: limit }]), { $count: 'n' }];
      const { executionStats } = (await items().aggregate(stages).explain('executionStats')) as unknown as Explained;
      expect(executionStats.totalDocsExamined).to.equal(0);
      expect(executionStats.totalKeysExamined).to.be.at.most(keys);
    });
  }

  it('takes a whole pattern for what it is: more than its prefix, and alternatives', async () => {
    const found = async (name: RegExp): Promise<number> => items().countDocuments({ name });
    expect(await found(/^name 1.5/)).to.equal(10);
    expect(await found(/^name 10|^name 20/)).to.equal(20);
    expect(await found(/^name 1\d0$/)).to.equal(10);
    expect(await found(/^name 01?/)).to.equal(100);
    expect(await found(/^name 100$/)).to.equal(1);
  });

  it('serves the $match, $sort and $limit at the front of a pipeline from an index', async () => {
    const reply = (await items()
      .aggregate([{ $match: { tenant: 't1', status: 'new' } }, { $sort: { at: -1 } }, { $limit: 2 }, { $project: { n: 1 } }])
      .explain('executionStats')) as Explained;
    expect(stagesOf(reply.queryPlanner.winningPlan)).to.include('IXSCAN').and.not.include('SORT');
    expect(reply.executionStats.totalDocsExamined).to.equal(2);
  });

  it('does as a hint says', async () => {
    const natural = await explain({ n: 5 }, { hint: { $natural: 1 } });
    const named = await explain({ n: 5 }, { hint: 'name_1' });
    expect(stagesOf(natural.queryPlanner.winningPlan)).to.include('COLLSCAN');
    expect(indexOf(named.queryPlanner.winningPlan)).to.equal('name_1');
  });

  it('does not hold on to a choice when indexes come and go', async () => {
    const others = server.fresh();
    await others.insertMany(documents.map((document) => ({ ...document })));
    const served = async (): Promise<[string | undefined, number]> => {
      const query = others.find({ tenant: 't1', status: 'open' }).sort({ at: -1 }).limit(3);
      const { queryPlanner } = (await query.explain('executionStats')) as Explained;
      return [indexOf(queryPlanner.winningPlan), (await query.clone().toArray()).length];
    };
    await others.createIndexes([{ key: { tenant: 1 } }]);
    expect(await served()).to.deep.equal(['tenant_1', 3]);
    await others.createIndexes([{ key: { tenant: 1, status: 1, at: -1 } }]);
    expect(await served()).to.deep.equal(['tenant_1_status_1_at_-1', 3]);
    await others.dropIndex('tenant_1_status_1_at_-1');
    expect(await served()).to.deep.equal(['tenant_1', 3]);
    await others.dropIndex('tenant_1');
    await others.createIndexes([{ key: { status: 1 } }]);
    expect(await served()).to.deep.equal(['status_1', 3]);
    await others.dropIndex('status_1');
    expect(await served()).to.deep.equal([undefined, 3]);
  });

  it('when $in has more values than can be merged, then the index finds and a sort orders the same documents', async () => {
    const many = server.fresh();
    await many.insertMany(Array.from({ length: 1000 }, (_, n) => ({ a: n % 250, b: (n * 7) % 1000 })));
    await many.createIndexes([{ key: { a: 1, b: 1 } }]);
    for (const [count, how] of [
      [200, 'SORT_MERGE'],
      [201, 'SORT'],
    ] as const) {
      const found = many.find({ a: { $in: Array.from({ length: count }, (_, n) => n) } }).sort({ b: 1 });
      const { queryPlanner } = (await found.clone().explain('queryPlanner')) as Explained;
      expect(stagesOf(queryPlanner.winningPlan)).to.include(how).and.to.include('IXSCAN');
      const expected = await found.clone().hint({ $natural: 1 }).toArray();
      expect((await found.toArray()).map(({ b }) => Number(b))).to.deep.equal(expected.map(({ b }) => Number(b)));
      expect(expected).to.have.length(count * 4);
    }
  });
});
