import { expect } from 'chai';
import { type Db, type Document, Long, MongoClient, MongoServerError } from 'mongodb';
import { connect, createServer, type Socket } from 'node:net';
import { cursors } from './conformance/cursors.js';
import { reads } from './conformance/reads.js';
import { type Scenario, type Step } from './conformance/scenario.js';
import { writes } from './conformance/writes.js';
import { withServer } from './test-server.js';

const isPlain = (value: unknown): value is Document =>
  Object.prototype.toString.call(value) === '[object Object]' && !('_bsontype' in (value as object));

/** Every text and every value in a command or a reply, with the names filled in. */
function filled(value: unknown, names: Readonly<Record<string, unknown>>): unknown {
  if (typeof value === 'string') return value in names ? names[value] : value.replace('@', String(names['@']));
  if (Array.isArray(value)) return value.map((item) => filled(item, names));
  return isPlain(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filled(item, names)])) : value;
}

/** Of what was found, that which the expected one names: documents may have more fields, lists are compared in full. */
function named(found: unknown, expected: unknown): unknown {
  if (Long.isLong(found)) return typeof expected === 'number' ? found.toNumber() : found;
  if (Array.isArray(found) && Array.isArray(expected)) return found.map((item, i) => named(item, expected[i]));
  if (!isPlain(found) || !isPlain(expected)) return found;
  return Object.fromEntries(Object.keys(expected).map((key) => [key, named(found[key], expected[key])]));
}

describe('conformance', function () {
  // A limit for a machine that others use as well, not an expectation.
  this.timeout(60_000);
  const server = withServer();

  const take = async (db: Db, { run, gives = {}, fails }: Step, names: Record<string, unknown>): Promise<void> => {
    const what = JSON.stringify(run);
    const command = filled(run, names) as Document;
    const reply = await db.command(command, { promoteLongs: false }).catch((error: unknown) => error);
    if (fails !== undefined) {
      expect(reply, what).to.be.instanceOf(MongoServerError);
      expect((reply as MongoServerError).code, what).to.equal(fails);
      expect((reply as MongoServerError).errorLabels, what).to.deep.equal([]);
      return;
    }
    if (reply instanceof Error) throw new Error(`${what}: ${reply.message}`, { cause: reply });
    const expected = filled(gives, names) as Document;
    expect(named(reply, expected), what).to.deep.equal(expected);
    const { id } = ((reply as Document).cursor ?? {}) as { id?: Long };
    if (id && !id.isZero()) names['@cursor'] = id;
  };

  const play = async ({ given = [], indexes = [], steps, leaves }: Scenario): Promise<void> => {
    const items = server.fresh();
    const db = server.db;
    const names: Record<string, unknown> = {
      '@': items.collectionName,
      'test.@': items.namespace,
      'test.$cmd.listCollections': `${db.databaseName}.$cmd.listCollections`,
    };
    if (given.length > 0) await items.insertMany([...given]);
    if (indexes.length > 0) await db.command({ createIndexes: items.collectionName, indexes });
    for (const step of steps) await take(db, step, names);
    if (leaves) expect(await items.find().sort({ _id: 1 }).toArray()).to.deep.equal(leaves);
  };

  for (const [area, scenarios] of Object.entries({ writes, reads, cursors })) {
    describe(area, () => {
      for (const scenario of scenarios) it(scenario.title, () => play(scenario));
    });
  }

  it('a read whose connection breaks is repeated by the driver, and only once', async () => {
    const { hostname, port } = new URL(server.url);
    let cuts = 1;
    const sockets = new Set<Socket>();
    const proxy = createServer((near) => {
      const far = connect(Number(port || 27017), hostname);
      for (const socket of [near, far])
        socket.on('error', () => socket.destroy()).on('close', () => [near, far].forEach((end) => end.destroy()));
      sockets.add(near);
      far.pipe(near);
      near.on('data', (bytes) => {
        if (bytes.includes('cutting') && cuts-- > 0) near.destroy();
        else far.write(bytes);
      });
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const { port: own } = proxy.address() as { port: number };
    const client = await new MongoClient(`mongodb://127.0.0.1:${own}/?directConnection=true`).connect();
    const read = (): Promise<unknown> => client.db(server.db.databaseName).collection('cutting').find({}).toArray();
    expect(await read()).to.deep.equal([]);
    cuts = 2;
    expect(await read().catch((error: unknown) => (error as Error).name)).to.equal('MongoNetworkError');
    await client.close();
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => proxy.close(resolve));
  });
});
