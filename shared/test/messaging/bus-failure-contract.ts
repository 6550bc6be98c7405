import { expect } from 'chai';
import type { Bus } from '../../src/messaging/bus.js';
import { on, PoisonEventError } from '../../src/messaging/bus.js';
import { eventually } from '../../src/testing/eventually.js';
import type { BusMaker, Installation } from './bus-contract.js';
import { buildEvent, buildEvents, idsOf, publishAll, WallPainted } from './messaging.builder.js';

/** How events end that are not handled at once; run over each implementation. */
export const describeFailureContract = (title: string, maker: BusMaker): void => {
  describe(`${title}: failing handlers`, () => {
    let installation: Installation;
    let walls: string;
    let bus: Bus;
    beforeEach(async () => {
      walls = maker.name('walls');
      installation = await maker.install({ [walls]: [WallPainted.type] });
      bus = installation.first;
    });
    afterEach(() => installation.close());

    /** Consumes with a handler that fails as long as there are errors left; answers the attempts it saw. */
    const failWith = async (errors: readonly Error[]): Promise<{ readonly attempts: number[]; readonly handled: string[] }> => {
      const left = [...errors];
      const seen = { attempts: [] as number[], handled: [] as string[] };
      await bus.consume(walls, [
        on(WallPainted, (event, { attempt }) => {
          seen.attempts.push(attempt);
          const error = left.shift();
          if (error !== undefined) return Promise.reject(error);
          seen.handled.push(event.id);
          return Promise.resolve();
        }),
      ]);
      return seen;
    };
    const parkedOnce = () => eventually(async () => ((await bus.listParked(walls)).length > 0 ? bus.listParked(walls) : undefined));

    it('when it throws PoisonEventError, then the event is parked after one try, with the reason', async () => {
      const seen = await failWith([new PoisonEventError('there is no such colour')]);
      const event = buildEvent();
      await bus.publish(event);
      const [parked, ...others] = await parkedOnce();
      expect(parked).to.deep.include({ id: event.id, queue: walls, reason: 'there is no such colour', event });
      expect(Date.parse(parked!.parkedAt)).to.be.greaterThan(0);
      expect(others).to.be.empty;
      expect(seen.attempts).to.deep.equal([1]);
    });

    it('when it fails every time, then the event is parked after all attempts', async () => {
      const seen = await failWith([new Error('one'), new Error('two'), new Error('three'), new Error('four')]);
      await bus.publish(buildEvent());
      const [parked] = await parkedOnce();
      expect(parked?.reason).to.contain('3 times').and.to.contain('three');
      expect(seen.attempts).to.deep.equal([1, 2, 3]);
    });

    it('when it fails and then succeeds, then the event is handled and not parked', async () => {
      const seen = await failWith([new Error('one'), new Error('two')]);
      const event = buildEvent();
      await bus.publish(event);
      await eventually(() => seen.handled.length === 1);
      expect(seen).to.deep.equal({ attempts: [1, 2, 3], handled: [event.id] });
      expect(await bus.listParked(walls)).to.be.empty;
    });

    it('when a dependency is away for longer than all attempts, then the event is tried until it is back', async () => {
      const away = Array.from({ length: 9 }, () => Object.assign(new Error('no server'), { name: 'MongoServerSelectionError' }));
      const seen = await failWith(away);
      const event = buildEvent();
      await bus.publish(event);
      await eventually(() => seen.handled.length === 1);
      expect(seen.attempts).to.have.lengthOf(10);
      expect(await bus.listParked(walls)).to.be.empty;
    });

    it('when the data does not fit the contract, then the event is parked and the handler never runs', async () => {
      const seen = await failWith([]);
      const event = buildEvent({ data: { colour: 5, at: 'yesterday' } });
      await bus.publish(event);
      const [parked] = await parkedOnce();
      expect(parked?.reason).to.contain('"colour" must be a string').and.to.contain('"at"');
      expect(parked?.event).to.deep.equal(event);
      expect(seen.attempts).to.be.empty;
    });

    it('when the envelope is incomplete, then what arrived is parked as it came', async () => {
      const seen = await failWith([]);
      const { tenantid: _left, ...incomplete } = buildEvent();
      await bus.publish(incomplete as ReturnType<typeof buildEvent>);
      const [parked] = await parkedOnce();
      expect(parked?.reason).to.contain('"tenantid" is required');
      expect(parked?.event).to.deep.equal({ raw: JSON.stringify(incomplete) });
      expect(seen.attempts).to.be.empty;
    });

    it('when parked events are replayed, then those named, and then all, are delivered again and marked so', async () => {
      const broken = { now: true };
      const handled: { readonly id: string; readonly redelivered: boolean }[] = [];
      const handle = on(WallPainted, ({ id }, { redelivered }) => {
        if (broken.now) return Promise.reject(new PoisonEventError('broken'));
        return Promise.resolve(void handled.push({ id, redelivered }));
      });
      await bus.consume(walls, [handle]);
      const events = buildEvents(3);
      await publishAll(bus, events);
      await eventually(async () => (await bus.listParked(walls)).length === 3);
      expect(await bus.listParked(walls, 2)).to.have.lengthOf(2);
      broken.now = false;
      expect(await bus.replayParked(walls, [events[1]!.id])).to.equal(1);
      await eventually(() => handled.length === 1);
      expect(handled).to.deep.equal([{ id: events[1]!.id, redelivered: true }]);
      expect(await bus.replayParked(walls)).to.equal(2);
      await eventually(() => handled.length === 3);
      expect(idsOf(handled)).to.deep.equal(idsOf(events));
      expect(await bus.listParked(walls)).to.be.empty;
      expect(await bus.replayParked(walls)).to.equal(0);
    });

    it('when a replayed event fails again, then it is parked again', async () => {
      await failWith([new PoisonEventError('first'), new PoisonEventError('second')]);
      await bus.publish(buildEvent());
      await parkedOnce();
      expect(await bus.replayParked(walls)).to.equal(1);
      await eventually(async () => (await bus.listParked(walls)).map(({ reason }) => reason).join() === 'second');
    });
  });
};
