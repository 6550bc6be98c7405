import { expect } from 'chai';
import type { Connection } from 'mongoose';
import { createCachedReplica, type CachedReplica } from '../../src/persistence/cached-replica.js';
import { createReplica, type Replica } from '../../src/persistence/replica.js';
import { connectTestDatabase } from '../../src/testing/test-database.js';

interface Person {
  readonly name: string;
}

describe('a cached replica', () => {
  let connection: Connection;
  let people: CachedReplica<Person>;
  /** Another instance over the same collection. */
  let elsewhere: Replica<Person>;
  beforeEach(async () => {
    connection = await connectTestDatabase();
    people = createCachedReplica(createReplica<Person>({ connection, collection: 'people' }), { staleMs: 60_000 });
    elsewhere = createReplica<Person>({ connection, collection: 'people' });
  });
  afterEach(async () => {
    await connection.dropDatabase();
    await connection.close();
  });

  it('when this instance keeps something newer, then that is found at once', async () => {
    expect(await people.in('t').keep('a', 1, { name: 'Ada' })).to.equal(true);
    expect(await people.find('t', 'a')).to.deep.equal({ id: 'a', version: 1, name: 'Ada' });
    expect(await people.in('t').keep('a', 2, { name: 'Anna' })).to.equal(true);
    expect(await people.find('t', 'a')).to.deep.equal({ id: 'a', version: 2, name: 'Anna' });
    expect(await people.in('t').keep('a', 1, { name: 'late' })).to.equal(false);
    expect(await people.find('t', 'a')).to.include({ name: 'Anna' });
  });

  it('when this instance restores something, then that is found at once', async () => {
    await people.in('t').keep('a', 2, { name: 'wrong' });
    await people.find('t', 'a');
    await people.in('t').restore('a', 2, { name: 'Ada' });
    expect(await people.find('t', 'a')).to.include({ name: 'Ada' });
  });

  it('when another instance keeps something newer, then find may be behind, and the replica itself is not', async () => {
    await people.in('t').keep('a', 1, { name: 'Ada' });
    await people.find('t', 'a');
    await elsewhere.in('t').keep('a', 2, { name: 'Anna' });
    expect(await people.find('t', 'a')).to.include({ name: 'Ada' });
    expect(await people.in('t').find('a')).to.include({ name: 'Anna' });
    people.forget('t', 'a');
    expect(await people.find('t', 'a')).to.include({ name: 'Anna' });
  });

  it('when several are asked for, then each that is there is found, also what was not there before', async () => {
    await people.in('t').keep('a', 1, { name: 'Ada' });
    expect([...(await people.findMany('t', ['a', undefined, 'b'])).keys()]).to.deep.equal(['a']);
    await elsewhere.in('t').keep('b', 1, { name: 'Bea' });
    expect([...(await people.findMany('t', ['a', 'b'])).keys()]).to.deep.equal(['a', 'b']);
    expect([...(await people.findMany('other', ['a', 'b'])).keys()]).to.deep.equal([]);
  });
});
