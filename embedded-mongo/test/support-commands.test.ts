import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { type Document, MongoServerError } from 'mongodb';
import { COMMANDS, ROWS } from './support-options.js';
import { describeEmbedded, withServer } from './test-server.js';

/** These are asked of the database admin. */
const OF_ADMIN = new Set(['renameCollection', 'fsync', 'listDatabases']);

const text = readFileSync(new URL('../../docs/support.md', import.meta.url), 'utf8');
const names = (line = '', code = 'ok'): [string, string | number][] =>
  [...line.matchAll(/`([$\w]+)`(?: \((\d+)\))?/g)].map(([, name = '', own]) => [name, own === undefined ? code : Number(own)]);

describeEmbedded('the commands of docs/support.md', () => {
  const server = withServer();
  before(async () => {
    await server.db.collection('items').insertOne({ a: 1 });
    await server.db.collection('items').createIndexes([{ key: { kept: 1 }, name: 'kept', expireAfterSeconds: 1000 }]);
  });

  const fate = async (command: Document, db = 'test'): Promise<string | number> => {
    try {
      const { writeErrors } = await server.client.db(db).command(command);
      return (writeErrors as { code: number }[] | undefined)?.[0]?.code ?? 'ok';
    } catch (error) {
      if (!(error instanceof MongoServerError)) throw error;
      return Number(error.code);
    }
  };

  it('every command is supported or refused as the list says', async () => {
    const [, supported = '', refused = ''] = /- supported: (.*)\n- refused: (.*)/.exec(text.slice(text.indexOf('\n## Commands'))) ?? [];
    const wanted = [...names(supported), ...names(refused, '115')].map(([name, code]) => [name, code === '115' ? 115 : code] as const);
    expect(wanted.map(([name]) => name).sort()).to.deep.equal([...COMMANDS].sort());
    for (const [name, code] of wanted) {
      // What is supported may find fault with what it is asked, but knows the name.
      const found = await fate({ [name]: 1 }, name.startsWith('drop') ? 'nothing' : 'admin');
      if (code === 'ok') expect(found, name).to.not.be.oneOf([59, 115, 76]);
      else expect(found, name).to.equal(code);
    }
    expect(await fate({ foo: 1 })).to.equal(59);
  });

  for (const [row, [make, options]] of Object.entries(ROWS)) {
    it(`${row}: every option is accepted or refused as the list says`, async () => {
      const [, works, idle, refused] = new RegExp(`\\n\\| ${row} \\|(.*)\\|(.*)\\|(.*)\\|\\n`).exec(text) ?? [];
      const wanted = [...names(works), ...names(idle), ...names(refused, '238').map(([name, code]) => [name, Number(code)] as const)];
      const db = OF_ADMIN.has(row) ? 'admin' : 'test';
      const found: [string, string | number][] = [];
      for (const [name, value] of Object.entries(options)) {
        const asked = await make({ [name]: value as unknown }, server.db);
        if (row === 'renameCollection') await server.db.createCollection('moving');
        // These two say nothing without a version.
        const api = name === 'apiStrict' || name === 'apiDeprecationErrors' ? { apiVersion: '1' } : {};
        found.push([name, await fate({ ...asked, ...api }, db)]);
        if (row === 'renameCollection') await server.db.collection(`moving${name === 'to' ? 3 : 2}`).drop();
      }
      expect(Object.fromEntries(found)).to.deep.equal(Object.fromEntries(wanted));
      expect(await fate(await make({ foo: 1 }, server.db), db)).to.be.oneOf([40415, 197]);
    });
  }
});
