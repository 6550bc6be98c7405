import { expect } from 'chai';
import type { Connection } from 'mongoose';
import type { ParkedEvent } from '../../src/messaging/bus.js';
import { createMongoParking } from '../../src/messaging/mongo-parking.js';
import { connectTestDatabase } from '../../src/testing/test-database.js';
import { buildEvent } from './messaging.builder.js';

const buildParked = (overrides: Partial<ParkedEvent> = {}): ParkedEvent => {
  const event = overrides.event ?? buildEvent();
  const id = 'raw' in event ? 'raw-1' : event.id;
  return { id, queue: 'walls', reason: 'no such colour', parkedAt: '2026-03-02T10:00:00.000Z', event, ...overrides };
};

describe('parked events in the database', () => {
  let connection: Connection;
  before(async () => {
    connection = await connectTestDatabase();
  });
  after(() => connection.close());
  beforeEach(() => connection.dropDatabase());

  it('when events are parked, then another instance lists those of the queue, oldest first', async () => {
    const parking = createMongoParking(connection);
    const [late, early, other] = [
      buildParked({ parkedAt: '2026-03-02T11:00:00.000Z' }),
      buildParked({ parkedAt: '2026-03-02T09:00:00.000Z' }),
      buildParked({ queue: 'doors' }),
    ];
    for (const parked of [late, early, other]) await parking.park(parked);
    const reopened = createMongoParking(connection);
    expect(await reopened.list('walls', 10)).to.deep.equal([
      { ...early, revision: 1 },
      { ...late, revision: 1 },
    ]);
    expect(await reopened.list('walls', 1)).to.have.lengthOf(1);
    expect((await reopened.list('walls', 10, [late.id])).map(({ id }) => id)).to.deep.equal([late.id]);
  });

  it('when an event has operators for keys, or is none at all, then it comes out as it went in', async () => {
    const parking = createMongoParking(connection);
    const odd = buildParked({ event: buildEvent({ data: { $where: '1', 'a.b': { $gt: '' } } }) });
    const raw = buildParked({ event: { raw: '{"not json' }, parkedAt: '2026-03-02T12:00:00.000Z' });
    await parking.park(odd);
    await parking.park(raw);
    expect((await parking.list('walls', 10)).map(({ event }) => event)).to.deep.equal([odd.event, { raw: '{"not json' }]);
  });

  it('when an event is parked twice, then it is kept once, with the last reason', async () => {
    const parking = createMongoParking(connection);
    const parked = buildParked();
    await parking.park(parked);
    await parking.park({ ...parked, reason: 'still no such colour' });
    expect(await parking.list('walls', 10)).to.deep.equal([{ ...parked, reason: 'still no such colour', revision: 2 }]);
  });

  it('when a record is taken, then it is gone; when it was parked again meanwhile, then it stays', async () => {
    const parking = createMongoParking(connection);
    const [taken, again] = [buildParked(), buildParked()];
    await parking.park(taken);
    await parking.park(again);
    const records = await parking.list('walls', 10);
    await parking.park(again);
    for (const record of records) await parking.take(record);
    expect((await parking.list('walls', 10)).map(({ id }) => id)).to.deep.equal([again.id]);
  });
});
