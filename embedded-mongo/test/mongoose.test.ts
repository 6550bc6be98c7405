import { expect } from 'chai';
import mongoose from 'mongoose';
import { errorOf, withServer } from './test-server.js';

describe('mongoose 9 with its default options', () => {
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

  it('tells kinds of documents apart, writes in bulk, goes through cursors and aggregates', async () => {
    const base = new mongoose.Schema({ at: Date }, { discriminatorKey: 'kind', timestamps: true });
    const Event = connection.model('Event', base);
    const Click = Event.discriminator('Click', new mongoose.Schema({ x: Number, seen: Map }));
    const Note = Event.discriminator('Note', new mongoose.Schema({ text: String }));
    await Click.insertMany(Array.from({ length: 30 }, (_, x) => ({ x, at: new Date(x * 1000) })));
    await Note.create({ text: 'hello' });
    // The types of a discriminator made from two schemas know none of its fields.
    const operations = [
      { updateMany: { filter: { x: { $lt: 10 } }, update: { $inc: { x: 100 } } } },
      { deleteOne: { filter: { x: 29 } } },
      { insertOne: { document: { x: 500 } } },
    ] as unknown as Parameters<typeof Click.bulkWrite>[0];
    await Click.bulkWrite(operations);
    expect(await Event.countDocuments()).to.equal(31);
    expect(await Click.countDocuments({ x: { $gte: 100 } })).to.equal(11);
    let met = 0;
    for await (const click of Click.find().sort({ x: -1 }).cursor({ batchSize: 7 })) met += click.get('kind') === 'Click' ? 1 : 0;
    expect(met).to.equal(30);
    const grouped = await Event.aggregate([{ $group: { _id: '$kind', n: { $sum: 1 } } }, { $sort: { _id: 1 } }]);
    expect(grouped).to.deep.equal([
      { _id: 'Click', n: 30 },
      { _id: 'Note', n: 1 },
    ]);
    const replaced = await Note.findOneAndReplace({ text: 'hello' }, { text: 'bye' }, { returnDocument: 'after' }).orFail();
    expect(replaced.text).to.equal('bye');
    expect(await Note.exists({ text: 'bye' })).to.have.property('_id');
    expect(await Click.distinct('x', { x: { $gt: 105 } })).to.have.length(5);
  });

  it('a document that somebody else saved meanwhile is not overwritten', async () => {
    const Counter = connection.model('Counter', new mongoose.Schema({ list: [Number] }, { optimisticConcurrency: true }));
    const { _id } = await Counter.create({ list: [1] });
    const [one, other] = await Promise.all([Counter.findById(_id).orFail(), Counter.findById(_id).orFail()]);
    one.list.push(2);
    other.list.push(3);
    await one.save();
    expect((await errorOf(other.save())).name).to.equal('VersionError');
  });
});
