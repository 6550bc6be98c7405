import { expect } from 'chai';
import { CloudEvent } from 'cloudevents';
import type { ConsumeMessage } from 'amqplib';
import type { Bus } from '../../src/messaging/bus.js';
import { createOutboxRelay, type RunningRelay } from '../../src/messaging/outbox-relay.js';
import { systemClock } from '../../src/runtime/clock.js';
import { eventually } from '../../src/testing/eventually.js';
import { requireRabbit, type RabbitNode } from '../../src/testing/rabbit-node.js';
import { createMemoryOutbox } from './memory-outbox.js';
import { buildEvent, idsOf, recording, silent } from './messaging.builder.js';
import { createRabbitInstallation, type RabbitInstallation } from './rabbit-installation.js';

const startNode = requireRabbit();

const failureOf = async (published: Promise<void>): Promise<unknown> => {
  try {
    await published;
    return 'published';
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
};

if (startNode !== undefined)
  describe('RabbitMQ bus: a broker that dies, freezes, runs out of memory or forgets', () => {
    let node: RabbitNode;
    let installation: RabbitInstallation;
    let relay: RunningRelay | undefined;
    before(async () => {
      node = await startNode();
    });
    after(() => node.stop());
    beforeEach(() => {
      installation = createRabbitInstallation(node);
    });
    afterEach(async () => {
      await relay?.stop();
      relay = undefined;
      await installation.close();
    });
    const connected = (bus: Bus) => eventually(() => bus.health().connected);
    const disconnected = (bus: Bus) => eventually(() => !bus.health().connected);

    it('when an event is published, then it is a CloudEvent with its trace and id in the message', async () => {
      const bus = await installation.startBus();
      const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
      const event = buildEvent({ traceparent });
      await bus.publish(event);
      const message = await installation.withChannel((channel) => channel.get(installation.queue, { noAck: true }));
      const { content, properties } = message as unknown as ConsumeMessage;
      expect(new CloudEvent(JSON.parse(content.toString()) as object).validate()).to.equal(true);
      expect(properties).to.deep.include({ messageId: event.id, type: event.type, appId: event.source, deliveryMode: 2 });
      expect(properties.contentType).to.contain('application/cloudevents+json');
      expect(properties.headers).to.include({ traceparent });
    });

    it('when the queue of a wanted type is missing, then publish rejects and declares it anew', async () => {
      const bus = await installation.startBus({ redeclareMs: 5 });
      await installation.withChannel((channel) => channel.deleteQueue(installation.queue));
      expect(await failureOf(bus.publish(buildEvent()))).to.equal('unroutable');
      const event = buildEvent();
      await eventually(async () => (await failureOf(bus.publish(event))) === 'published');
      const got = recording();
      await bus.consume(installation.queue, [got.subscription]);
      await eventually(() => got.events.length === 1);
      expect(got.events).to.deep.equal([event]);
    });

    it('when the exchange is deleted, then publish rejects until everything is declared anew', async () => {
      const bus = await installation.startBus();
      await installation.withChannel((channel) => channel.deleteExchange(installation.exchange));
      expect(await failureOf(bus.publish(buildEvent()))).to.equal('disconnected');
      await eventually(async () => (await failureOf(bus.publish(buildEvent()))) === 'published');
    });

    it('when the broker is killed and restarted in the middle, then everything that was saved is delivered', async () => {
      const got = recording();
      const [publisher, consumer] = [await installation.startBus(), await installation.startBus()];
      await consumer.consume(installation.queue, [got.subscription]);
      const outbox = createMemoryOutbox();
      const running = createOutboxRelay({ bus: publisher, log: silent, clock: systemClock, sweepEveryMs: 20, sweepAfterMs: 0 });
      relay = running;
      running.register(outbox.store);
      running.start();
      const saved: string[] = [];
      const save = (): void => {
        const event = buildEvent();
        saved.push(event.id);
        running.offer(outbox.store, outbox.save(event));
      };
      for (let count = 0; count < 50; count++) save();
      await eventually(() => got.events.length > 0);
      await node.sync();
      const killed = node.kill();
      for (let count = 0; count < 50; count++) save();
      await killed;
      await disconnected(publisher);
      for (let count = 0; count < 50; count++) save();
      await node.restart();
      await eventually(() => outbox.pending().length === 0);
      await eventually(() => new Set(idsOf(got.events)).size === 150);
      expect([...new Set(idsOf(got.events))]).to.deep.equal([...saved].sort());
      expect(await consumer.listParked(installation.queue)).to.be.empty;
    });

    it('when the broker is away at the start, then the bus starts, and connects when it is there', async () => {
      await node.kill();
      const bus = await installation.startBus();
      const [got, heard] = [recording(), recording()];
      await bus.consume(installation.queue, [got.subscription]);
      await bus.listen([heard.subscription]);
      expect(bus.health().connected).to.equal(false);
      expect(bus.health().detail).to.contain('ECONNREFUSED');
      expect(await failureOf(bus.publish(buildEvent()))).to.equal('disconnected');
      await node.restart();
      await connected(bus);
      await bus.publish(buildEvent());
      await eventually(() => got.events.length === 1 && heard.events.length === 1);
    });

    it('when the broker is frozen, then publish times out, and all goes on when it thaws', async () => {
      const bus = await installation.startBus({ publishTimeoutMs: 50, maxUnconfirmed: 2 });
      node.pause();
      try {
        const failures = await Promise.all([buildEvent(), buildEvent(), buildEvent()].map((event) => failureOf(bus.publish(event))));
        expect(failures).to.include('timeout').and.to.include('overloaded');
        await disconnected(bus);
        expect(await failureOf(bus.publish(buildEvent()))).to.equal('disconnected');
      } finally {
        node.resume();
      }
      await connected(bus);
      await eventually(async () => (await failureOf(bus.publish(buildEvent()))) === 'published');
    });

    it('when the broker is frozen, then stop ends all the same', async () => {
      const bus = await installation.startBus({ stopMs: 100 });
      await bus.consume(installation.queue, [recording().subscription]);
      node.pause();
      try {
        await bus.stop();
      } finally {
        node.resume();
      }
      expect(bus.health()).to.deep.equal({ connected: false, detail: 'stopped' });
    });

    it('when the broker is low on memory, then publish rejects and consumers go on', async () => {
      const bus = await installation.startBus({ publishTimeoutMs: 300 });
      const waiting = buildEvent();
      await bus.publish(waiting);
      await node.ctl('set_vm_memory_high_watermark', 'absolute', '1MB');
      try {
        expect(await failureOf(bus.publish(buildEvent()))).to.be.oneOf(['timeout', 'blocked']);
        await eventually(async () => (await failureOf(bus.publish(buildEvent()))) === 'blocked');
        expect(bus.health()).to.deep.equal({ connected: true, detail: 'the broker takes no messages: low on memory' });
        const got = recording();
        await bus.consume(installation.queue, [got.subscription]);
        await eventually(() => got.events.some(({ id }) => id === waiting.id));
      } finally {
        await node.ctl('set_vm_memory_high_watermark', '0.4');
      }
      await eventually(async () => (await failureOf(bus.publish(buildEvent()))) === 'published');
      expect(bus.health()).to.deep.equal({ connected: true });
    });
  });
