import { expect } from 'chai';
import mongoose from 'mongoose';
import { errorOf, withServer } from './test-server.js';

describe('mongoose 9 with its default options', function () {
  // A limit for a machine that others use as well, not an expectation.
  this.timeout(60_000);
  const server = withServer();
  let connection: mongoose.Connection;
  before(async () => {
    connection = await mongoose.createConnection(server.url, { dbName: server.db.databaseName }).asPromise();
  });
  after(() => connection.close());

  it('builds indexes, saves, versions, populates and refuses duplicates', async () => {
    const Owner = connection.model('Owner', new mongoose.Schema({ name: { type: String, unique: true } }));
    const Pet = connection.model(
      'Pet',
      new mongoose.Schema({ owner: { type: mongoose.Types.ObjectId, ref: 'Owner' }, toys: [{ name: String }] }, { timestamps: true }),
    );
    await Promise.all([Owner.init(), Pet.init()]);
    const owner = await Owner.create({ name: 'Ada' });
    const pet = await Pet.create({ owner: owner._id, toys: [{ name: 'ball' }] });
    pet.toys.push({ name: 'bone' });
    await pet.save();
    const found = await Pet.findById(pet._id).populate<{ owner: { name: string } }>('owner').orFail();
    expect(found.owner.name).to.equal('Ada');
    expect(found.toys.map(({ name }) => name)).to.deep.equal(['ball', 'bone']);
    expect(await errorOf(Owner.create({ name: 'Ada' }))).to.include({ code: 11000 });
  });
});
