import { expect } from 'chai';
import type { Collection, Db, Document } from 'mongodb';
import { describeEmbedded, errorOf, withServer } from './test-server.js';

/** What mongosh and Compass send on connecting and on looking around, as they send it (recorded from mongosh 2.12). */
describeEmbedded('what the shell and Compass ask', () => {
  const server = withServer();
  let admin: Db;
  let items: Collection;
  before(async () => {
    admin = server.client.db('admin');
    items = server.db.collection('browsed');
    await items.insertMany(Array.from({ length: 50 }, (_, n) => ({ n, text: 'x'.repeat(100) })));
    await items.createIndexes([{ key: { n: 1 } }]);
  });

  it('on connecting', async () => {
    expect(await admin.command({ buildInfo: 1 })).to.include({ version: '7.0.0' });
    expect((await admin.command({ hostInfo: 1 })).system).to.include.keys('hostname', 'cpuArch', 'numCores', 'memSizeMB');
    expect(await admin.command({ getCmdLineOpts: 1 })).to.include.keys('argv', 'parsed');
    expect(await admin.command({ connectionStatus: 1, showPrivileges: true })).to.deep.include({
      authInfo: { authenticatedUsers: [], authenticatedUserRoles: [], authenticatedUserPrivileges: [] },
    });
    expect(await admin.command({ getParameter: 1, featureCompatibilityVersion: 1 })).to.deep.include({
      featureCompatibilityVersion: { version: '7.0' },
    });
    expect(await admin.command({ getLog: 'startupWarnings' })).to.deep.include({ log: [] });
    expect((await admin.command({ getLog: '*' })).names).to.include('global');
    expect(await errorOf(admin.command({ atlasVersion: 1 }))).to.include({ code: 59 });
    expect(await errorOf(admin.command({ replSetGetStatus: 1 }))).to.include({ code: 76 });
    expect(await errorOf(admin.command({ isdbgrid: 1 }))).to.include({ code: 59 });
  });

  it('what databases and collections there are', async () => {
    const { databases } = await admin.command({ listDatabases: 1, nameOnly: true, authorizedDatabases: true });
    expect(databases).to.deep.include({ name: 'test' });
    const sized = (await admin.command({ listDatabases: 1 })).databases as { sizeOnDisk: number }[];
    expect(sized[0]?.sizeOnDisk).to.be.greaterThan(5000);
    const list = { listCollections: 1, nameOnly: true, authorizedCollections: true, cursor: {} };
    expect((await server.db.command(list)).cursor).to.deep.include({ firstBatch: [{ name: 'browsed', type: 'collection' }] });
    expect(await server.db.command({ dbStats: 1, scale: 1024 })).to.include({ objects: 50, dataSize: 6, scaleFactor: 1024 });
  });

  it('what a collection is like', async () => {
    const stats = await server.db.command({ collStats: 'browsed' });
    expect(stats).to.include({ count: 50, nindexes: 2, scaleFactor: 1 });
    expect(await server.db.command({ collStats: 'browsed', scale: 1024 })).to.include({ size: Math.floor((stats.size as number) / 1024) });
    const [all] = await items.aggregate([{ $collStats: { storageStats: {}, count: {} } }]).toArray();
    expect(all?.storageStats).to.include({ size: stats.size as number, count: 50, avgObjSize: stats.avgObjSize as number });
    expect(all).to.include({ count: 50, ns: 'test.browsed' });
    expect((await items.aggregate([{ $collStats: { count: {} } }]).toArray())[0]).to.not.have.property('storageStats');
    const indexes = await items.aggregate([{ $indexStats: {} }]).toArray();
    expect(indexes.map(({ name }) => name as string)).to.deep.equal(['_id_', 'n_1']);
    expect((await items.listIndexes().toArray()).map(({ name }) => name as string)).to.deep.equal(['_id_', 'n_1']);
    expect(await items.aggregate([{ $sample: { size: 10 } }]).toArray()).to.have.length(10);
    expect(await errorOf(items.aggregate([{ $listSearchIndexes: {} }]).toArray())).to.include({ code: 31082 });
  });

  it('how a query runs', async () => {
    const winning = (reply: Document): string => JSON.stringify((reply.queryPlanner as Document).winningPlan);
    const explain = (command: Document): Promise<Document> => server.db.command({ explain: command, verbosity: 'executionStats' });
    expect(winning(await explain({ find: 'browsed', filter: { n: 3 } }))).to.include('IXSCAN');
    expect(winning(await explain({ count: 'browsed', query: { n: 3 } }))).to.include('COUNT_SCAN');
    expect(winning(await explain({ aggregate: 'browsed', pipeline: [{ $match: { n: 3 } }], cursor: {} }))).to.include('IXSCAN');
    expect(winning(await explain({ update: 'browsed', updates: [{ q: { n: 3 }, u: { $set: { a: 1 } } }] }))).to.include('UPDATE');
    expect(winning(await explain({ delete: 'browsed', deletes: [{ q: { text: 3 }, limit: 0 }] }))).to.include('COLLSCAN');
    expect(await items.countDocuments({ a: 1 })).to.equal(0);
  });

  it('what the server does', async () => {
    const before = (await admin.command({ serverStatus: 1, repl: 0, tcmalloc: 0 })).opcounters as { query: number };
    await items.findOne();
    const after = (await admin.command({ serverStatus: 1 })).opcounters as { query: number };
    expect(after.query - before.query).to.equal(1);
    expect((await admin.command({ currentOp: 1, $all: true })).inprog).to.deep.equal([]);
    const stage = { $currentOp: { allUsers: true, idleConnections: true, truncateOps: false } };
    expect(await admin.aggregate([stage]).toArray()).to.deep.equal([]);
    expect(await errorOf(server.db.aggregate([stage]).toArray())).to.include({ code: 73 });
    expect(await errorOf(admin.command({ top: 1 }))).to.include({ code: 115 });
    expect((await admin.command({ listCommands: 1 })).commands).to.include.keys('find', 'aggregate', 'collMod');
    expect(await server.db.command({ profile: -1 })).to.include({ was: 0 });
    expect(await errorOf(server.db.command({ profile: 2 }))).to.include({ code: 238 });
    expect(await errorOf(admin.command({ getParameter: 1, logComponentVerbosity: 1 }))).to.include({ code: 72 });
  });

  it('which users there are: none', async () => {
    expect(await server.db.command({ usersInfo: 1 })).to.deep.include({ users: [] });
    expect(await server.db.command({ rolesInfo: 1, showBuiltinRoles: false })).to.deep.include({ roles: [] });
    expect(await errorOf(server.db.command({ createUser: 'a', pwd: 'b', roles: [] }))).to.include({ code: 115 });
  });

  describe('collMod (reference/command/collMod)', () => {
    it('hides an index from queries and shows it again', async () => {
      const usesIndex = async (): Promise<boolean> => JSON.stringify(await items.find({ n: 1 }).explain('queryPlanner')).includes('IXSCAN');
      const change = (hidden: boolean): Promise<Document> =>
        server.db.command({ collMod: 'browsed', index: { keyPattern: { n: 1 }, hidden } });
      expect(await change(true)).to.include({ hidden_old: false, hidden_new: true });
      expect(await usesIndex()).to.equal(false);
      await server.restart();
      items = server.db.collection('browsed');
      admin = server.client.db('admin');
      expect(await usesIndex()).to.equal(false);
      expect(await change(false)).to.include({ hidden_old: true, hidden_new: false });
      expect(await usesIndex()).to.equal(true);
    });

    it('changes when documents expire', async () => {
      await server.db.collection('expiring').createIndexes([{ key: { at: 1 }, expireAfterSeconds: 60 }]);
      const reply = await server.db.command({ collMod: 'expiring', index: { name: 'at_1', expireAfterSeconds: 30 } });
      expect(reply).to.include({ expireAfterSeconds_old: 60, expireAfterSeconds_new: 30 });
      expect((await server.db.collection('expiring').indexes())[1]).to.include({ expireAfterSeconds: 30 });
    });

    const refused: [string, Document, number][] = [
      ['a collection that does not exist', { collMod: 'nothing', index: { name: 'x', hidden: true } }, 26],
      ['an index that does not exist', { collMod: 'browsed', index: { name: 'x', hidden: true } }, 27],
      ['a unique conversion', { collMod: 'browsed', index: { name: 'n_1', unique: true } }, 238],
      ['a validator', { collMod: 'browsed', validator: { a: 1 } }, 40415],
      ['a time that is none', { collMod: 'browsed', index: { name: 'n_1', expireAfterSeconds: -5 } }, 67],
    ];
    for (const [what, command, code] of refused) {
      it(`refuses ${what} with ${code}`, async () => {
        expect(await errorOf(server.db.command(command))).to.include({ code });
      });
    }
  });
});
