import { expect } from 'chai';
import type { Bus } from '../../src/messaging/bus.js';
import { on } from '../../src/messaging/bus.js';
import { createLink } from '../../src/messaging/rabbit-link.js';
import { eventually } from '../../src/testing/eventually.js';
import type { RabbitHost } from '../../src/testing/rabbit-node.js';
import { requireRabbitHost } from '../../src/testing/shared-rabbit.js';
import { buildEvent, buildEvents, createGate, idsOf, publishAll, recording, silent, WallPainted } from './messaging.builder.js';
import { createRabbitInstallation, type RabbitInstallation } from './rabbit-installation.js';
import { createTcpCutter, type TcpCutter } from './tcp-cutter.js';

const addHost = requireRabbitHost();

const unavailable = (): Error => Object.assign(new Error('no server'), { name: 'MongoServerSelectionError' });

if (addHost !== undefined)
  describe('RabbitMQ bus: consumers that lose their broker, their queue or their life', () => {
    let host: RabbitHost;
    let installation: RabbitInstallation;
    let line: TcpCutter;
    before(async () => {
      host = await addHost();
    });
    beforeEach(async () => {
      installation = createRabbitInstallation(host);
      line = await createTcpCutter(host.url);
    });
    afterEach(async () => {
      await installation.close();
      await line.close();
    });
    const parkedReasons = async (bus: Bus) => (await bus.listParked(installation.queue)).map(({ reason }) => reason);

    it('when a publisher runs before its consumer ever has, then the event waits for it', async () => {
      const publisher = await installation.startBus();
      const event = buildEvent();
      await publisher.publish(event);
      const got = recording();
      await (await installation.startBus()).consume(installation.queue, [got.subscription]);
      await eventually(() => got.events.length === 1);
      expect(got.events).to.deep.equal([event]);
    });

    it('when a consumer dies in the middle of an event, then another instance gets it, marked as redelivered', async () => {
      const dying = await installation.startBus({ url: line.url });
      const [begun, never] = [createGate(), createGate()];
      const handle = on(WallPainted, () => {
        begun.open();
        return never.opened;
      });
      await dying.consume(installation.queue, [handle]);
      const healthy = await installation.startBus();
      const event = buildEvent();
      await healthy.publish(event);
      await begun.opened;
      const handled: unknown[] = [];
      const keep = on(WallPainted, ({ id }, { redelivered }) => Promise.resolve(void handled.push([id, redelivered])));
      await healthy.consume(installation.queue, [keep]);
      line.cut();
      await eventually(() => handled.length === 1);
      expect(handled).to.deep.equal([[event.id, true]]);
      never.open();
    });

    it('when every consumer of an event dies, then it is parked untried after the delivery limit', async () => {
      const bus = await installation.startBus({ url: line.url, deliveryLimit: 2 });
      let tries = 0;
      const handle = on(WallPainted, () => {
        tries++;
        setImmediate(() => line.cut());
        return new Promise(() => undefined);
      });
      await bus.consume(installation.queue, [handle]);
      const observer = await installation.startBus();
      const event = buildEvent();
      await observer.publish(event);
      const [parked] = await eventually(async () => {
        const found = await observer.listParked(installation.queue);
        return found.length > 0 ? found : undefined;
      });
      expect(parked).to.deep.include({ id: event.id, event });
      expect(Date.parse(parked!.parkedAt)).to.be.greaterThan(0);
      expect(parked?.reason).to.contain('delivered 2 times without an answer');
      expect(tries).to.equal(2);
    });

    it('when a connection is lost while it is being set up, then the next one is made without waiting for it', async () => {
      const reasons: (string | undefined)[] = [];
      const link = createLink({
        url: line.url,
        name: 'walls',
        heartbeatSeconds: 10,
        log: silent,
        setup: () => {
          reasons.push(link.detail());
          if (reasons.length > 1) return Promise.resolve();
          line.cut();
          return new Promise(() => undefined);
        },
      });
      await link.start();
      await eventually(() => link.model());
      await link.stop();
      expect(reasons).to.have.length(2);
      expect(reasons[1]).to.not.include('unanswered');
    });

    it('when the connection is cut again and again, then every event is handled and nothing is parked', async () => {
      const got = recording();
      await (await installation.startBus({ url: line.url })).consume(installation.queue, [got.subscription]);
      const publisher = await installation.startBus();
      const events = buildEvents(60);
      for (let index = 0; index < events.length; index += 10) {
        await publishAll(publisher, events.slice(index, index + 10));
        await eventually(() => got.events.length > 0);
        line.cut();
      }
      await eventually(() => new Set(idsOf(got.events)).size === events.length);
      expect(await publisher.listParked(installation.queue)).to.be.empty;
    });

    it('when a listener was cut off, then it listens again', async () => {
      const got = recording();
      const listening = await installation.startBus({ url: line.url });
      await listening.listen([got.subscription]);
      line.cut();
      const publisher = await installation.startBus();
      await eventually(async () => {
        await publisher.publish(buildEvent());
        return got.events.length > 0;
      });
    });

    it('when its queue is deleted, then the consumer declares and consumes it anew', async () => {
      const got = recording();
      const bus = await installation.startBus();
      await bus.consume(installation.queue, [got.subscription]);
      await installation.withChannel((channel) => channel.deleteQueue(installation.queue));
      await eventually(async () => {
        await bus.publish(buildEvent()).catch((error: unknown) => expect(error).to.include({ code: 'unroutable' }));
        return got.events.length > 0;
      });
      expect(bus.health()).to.deep.equal({ connected: true });
    });

    it('when something arrives that nobody published here, then it is parked as it came', async () => {
      const got = recording();
      const bus = await installation.startBus();
      await bus.consume(installation.queue, [got.subscription]);
      await installation.withChannel(async (channel) => {
        channel.sendToQueue(installation.queue, Buffer.from('{"not json'));
        channel.sendToQueue(installation.queue, Buffer.from(JSON.stringify(buildEvent({ type: 'riparo.walls.wall-fell.v1' }))));
        await channel.checkQueue(installation.queue);
      });
      await eventually(async () => (await bus.listParked(installation.queue)).length === 2);
      const reasons = await parkedReasons(bus);
      expect(reasons.some((reason) => reason.startsWith('the message is not JSON'))).to.equal(true);
      expect(reasons).to.include('nothing here handles events of type riparo.walls.wall-fell.v1');
      const raw = (await bus.listParked(installation.queue)).find(({ event }) => 'raw' in event);
      expect(raw?.event).to.deep.equal({ raw: '{"not json' });
      expect(raw?.id).to.not.equal('');
      expect(got.events).to.be.empty;
    });

    it('when a dependency stays away for very long, then the event goes to the end of its queue', async () => {
      const bus = await installation.startBus({ holdMs: -1, prefetch: 1 });
      const [away, back] = [buildEvent(), buildEvent()];
      const order: string[] = [];
      const handle = on(WallPainted, ({ id }, { redelivered }) => {
        order.push(`${id} ${String(redelivered)}`);
        return id === away.id && !redelivered ? Promise.reject(unavailable()) : Promise.resolve();
      });
      await bus.publish(away);
      await bus.publish(back);
      await bus.consume(installation.queue, [handle]);
      await eventually(() => order.length === 3);
      expect(order).to.deep.equal([`${away.id} false`, `${back.id} false`, `${away.id} true`]);
      expect(await bus.listParked(installation.queue)).to.be.empty;
    });

    it('when parking is not possible for the moment, then the event is parked later and not lost', async () => {
      const bus = await installation.startBus();
      await bus.consume(installation.queue, [recording().subscription]);
      await installation.withChannel((channel) => channel.deleteQueue(`${installation.queue}.parked`));
      const event = buildEvent({ data: {} });
      await bus.publish(event);
      await (await installation.startBus()).stop();
      await eventually(async () => (await bus.listParked(installation.queue)).map(({ id }) => id).join() === event.id);
    });

    it('when it stops, then what it did not handle is handled by another instance', async () => {
      const stopping = await installation.startBus({ retry: { attempts: 3, firstPauseMs: 600_000, maxPauseMs: 600_000 } });
      const failing = createGate();
      const handle = on(WallPainted, () => {
        failing.open();
        return Promise.reject(unavailable());
      });
      await stopping.consume(installation.queue, [handle]);
      const other = await installation.startBus();
      const event = buildEvent();
      await other.publish(event);
      await failing.opened;
      await stopping.stop();
      const got = recording();
      await other.consume(installation.queue, [got.subscription]);
      await eventually(() => got.events.length === 1);
      expect(got.events).to.deep.equal([event]);
    });
  });
