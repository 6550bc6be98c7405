import { expect } from 'chai';
import type { Bus } from '../../src/messaging/bus.js';
import { on } from '../../src/messaging/bus.js';
import type { RetryPolicy } from '../../src/messaging/retry.js';
import type { Topology } from '../../src/messaging/topology.js';
import { currentContext, type RequestContext } from '../../src/runtime/context.js';
import { eventually } from '../../src/testing/eventually.js';
import { buildEvent, buildEvents, createGate, DoorPainted, idsOf, publishAll, recording, WallPainted } from './messaging.builder.js';

/** One installation of a bus: `first` and `second` are two instances of the same services. */
export interface Installation {
  readonly first: Bus;
  readonly second: Bus;
  close(): Promise<void>;
}

/** Makes an installation with queues that no other test uses; `name` makes a queue's name unique. */
export interface BusMaker {
  name(queue: string): string;
  install(topology: Topology, retry?: RetryPolicy): Promise<Installation>;
}

/** What every bus must do; run over each implementation. */
export const describeBusContract = (title: string, maker: BusMaker): void => {
  describe(`${title}: delivery`, () => {
    let installation: Installation;
    let walls: string;
    let doors: string;
    beforeEach(async () => {
      walls = maker.name('walls');
      doors = maker.name('doors');
      installation = await maker.install({ [walls]: [WallPainted.type], [doors]: [WallPainted.type, DoorPainted.type] });
    });
    afterEach(() => installation.close());

    it('when two queues want an event, then each gets it; when one does, only that one', async () => {
      const [atWalls, wallsAtDoors, doorsAtDoors] = [recording(), recording(), recording(DoorPainted)];
      await installation.first.consume(walls, [atWalls.subscription]);
      await installation.first.consume(doors, [wallsAtDoors.subscription, doorsAtDoors.subscription]);
      const [wall, door] = [buildEvent(), buildEvent({ type: DoorPainted.type })];
      await publishAll(installation.second, [wall, door]);
      await eventually(() => atWalls.events.length + wallsAtDoors.events.length + doorsAtDoors.events.length >= 3);
      expect([atWalls.events, wallsAtDoors.events, doorsAtDoors.events]).to.deep.equal([[wall], [wall], [door]]);
    });

    it('when two instances consume a queue, then each event goes to one of them and none is lost', async () => {
      const [one, two, other] = [recording(), recording(), recording(DoorPainted)];
      await installation.first.consume(walls, [one.subscription]);
      await installation.second.consume(walls, [two.subscription]);
      await installation.first.consume(doors, [recording().subscription, other.subscription]);
      const events = buildEvents(200);
      await Promise.all([publishAll(installation.first, events.slice(0, 100)), publishAll(installation.second, events.slice(100))]);
      await eventually(() => one.events.length + two.events.length >= events.length);
      expect(idsOf([...one.events, ...two.events])).to.deep.equal(idsOf(events));
      expect(one.events).to.not.be.empty;
      expect(two.events).to.not.be.empty;
    });

    it('when an event is published again, then it is delivered again under the same id', async () => {
      const got = recording(DoorPainted);
      await installation.first.consume(doors, [recording().subscription, got.subscription]);
      const event = buildEvent({ type: DoorPainted.type });
      await installation.first.publish(event);
      await installation.first.publish(event);
      await eventually(() => got.events.length >= 2);
      expect(got.events).to.deep.equal([event, event]);
    });

    it('when the publisher changes its object afterwards, then the handler has what was published, as JSON', async () => {
      const got = recording(DoorPainted);
      await installation.first.consume(doors, [recording().subscription, got.subscription]);
      const data: Record<string, unknown> = { colour: 'red', at: new Date(0), nothing: undefined };
      const published = installation.first.publish(buildEvent({ type: DoorPainted.type, data }));
      data.colour = 'blue';
      await published;
      await eventually(() => got.events.length === 1);
      expect(got.events[0]?.data).to.deep.equal({ colour: 'red', at: '1970-01-01T00:00:00.000Z' });
    });

    it('when nobody wants the type, then publish resolves', async () => {
      await installation.first.publish(buildEvent({ type: 'riparo.walls.wall-fell.v1' }));
    });

    it('when a handler runs, then it runs in the context of the event and of its trace', async () => {
      const contexts: (RequestContext | undefined)[] = [];
      const keep = on(DoorPainted, () => Promise.resolve(void contexts.push(currentContext())));
      await installation.first.consume(doors, [recording().subscription, keep]);
      const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
      const event = buildEvent({ type: DoorPainted.type, traceparent });
      await installation.first.publish(event);
      await eventually(() => contexts.length === 1);
      expect(contexts).to.deep.equal([{ requestId: event.id, traceparent }]);
    });
  });

  describe(`${title}: listen`, () => {
    it('when two instances listen, then each gets every event; a failing listener disturbs nobody', async () => {
      const installation = await maker.install({});
      const [one, two] = [recording(), recording()];
      await installation.first.listen([on(WallPainted, () => Promise.reject(new Error('not today')))]);
      await installation.first.listen([one.subscription]);
      await installation.second.listen([two.subscription]);
      const events = buildEvents(20);
      await publishAll(installation.first, events);
      await publishAll(installation.first, [buildEvent({ data: { colour: 7 } }), buildEvent({ type: DoorPainted.type })]);
      await eventually(() => one.events.length >= 20 && two.events.length >= 20);
      expect([idsOf(one.events), idsOf(two.events)]).to.deep.equal([idsOf(events), idsOf(events)]);
      await installation.close();
    });
  });

  describe(`${title}: consume`, () => {
    let installation: Installation;
    let walls: string;
    beforeEach(async () => {
      walls = maker.name('walls');
      installation = await maker.install({ [walls]: [WallPainted.type] });
    });
    afterEach(() => installation.close());

    const refusal = async (queue: string, contracts: readonly (typeof WallPainted)[]): Promise<string> => {
      try {
        await installation.first.consume(
          queue,
          contracts.map((contract) => recording(contract).subscription),
        );
      } catch (error) {
        return (error as Error).message;
      }
      return 'accepted';
    };

    it('when the subscriptions and the topology differ, then it names the difference in either direction', async () => {
      expect(await refusal(walls, [])).to.contain(`${WallPainted.type} is in the topology and has no subscription`);
      expect(await refusal(walls, [WallPainted, DoorPainted])).to.contain(
        `${DoorPainted.type} has a subscription and is not in the topology`,
      );
      expect(await refusal(walls, [WallPainted, WallPainted])).to.contain(`${WallPainted.type} has two subscriptions`);
      expect(await refusal('nobody', [WallPainted])).to.contain('"nobody" is not in the topology');
      expect(await refusal(walls, [WallPainted])).to.equal('accepted');
    });
  });

  describe(`${title}: stop`, () => {
    it('when a handler runs, then stop waits for it, and afterwards nothing is published', async () => {
      const walls = maker.name('walls');
      const installation = await maker.install({ [walls]: [WallPainted.type] });
      const [begun, finish] = [createGate(), createGate()];
      const steps: string[] = [];
      const handle = async (): Promise<void> => {
        begun.open();
        await finish.opened;
        steps.push('handled');
      };
      await installation.first.consume(walls, [on(WallPainted, handle)]);
      const published = installation.first.publish(buildEvent());
      await begun.opened;
      const stopped = installation.first.stop().then(() => steps.push('stopped'));
      finish.open();
      await Promise.all([stopped, published]);
      expect(steps).to.deep.equal(['handled', 'stopped']);
      expect(installation.first.health().connected).to.equal(false);
      const late = await installation.first.publish(buildEvent()).catch((error: unknown) => error);
      expect(late).to.include({ name: 'PublishError', code: 'stopped' });
      await installation.close();
    });

    it('when a handler waits for its next try, then stop does not wait for that and the event is not parked', async () => {
      const walls = maker.name('walls');
      const installation = await maker.install(
        { [walls]: [WallPainted.type] },
        { attempts: 3, firstPauseMs: 600_000, maxPauseMs: 600_000 },
      );
      const begun = createGate();
      const handle = (): Promise<void> => {
        begun.open();
        return Promise.reject(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }));
      };
      await installation.first.consume(walls, [on(WallPainted, handle)]);
      const published = installation.first.publish(buildEvent()).catch((error: unknown) => error);
      await begun.opened;
      await installation.first.stop();
      await published;
      await installation.close();
    });
  });
};
