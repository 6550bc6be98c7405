import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { Registry } from 'prom-client';
import type { EventEnvelope } from '../../src/contracts/event.js';
import type { Bus } from '../../src/messaging/bus.js';
import { createOutboxRelay, type OutboxRelayOptions, type RunningRelay } from '../../src/messaging/outbox-relay.js';
import { PublishError } from '../../src/messaging/publish-error.js';
import { eventually } from '../../src/testing/eventually.js';
import { createMemoryOutbox } from './memory-outbox.js';
import { buildEvent, createGate, idsOf, silent } from './messaging.builder.js';

const NOW = new Date('2026-03-02T10:01:00.000Z');

/** A bus of which only publishing and health are used; `publish` is what the test says. */
const createFakeBus = (publish: (event: EventEnvelope) => Promise<void> = () => Promise.resolve()) => {
  const published: string[] = [];
  const state = { connected: true };
  const bus = {
    health: () => ({ connected: state.connected }),
    publish: async (event: EventEnvelope) => {
      await publish(event);
      published.push(event.id);
    },
  } as unknown as Bus;
  return { bus, published, state };
};

const versionsOf = (subject: string, count: number): readonly EventEnvelope[] =>
  Array.from({ length: count }, (_, index) => buildEvent({ subject, aggregateversion: index + 1 }));

const createRelay = (bus: Bus, options: Partial<OutboxRelayOptions> = {}): RunningRelay =>
  createOutboxRelay({ bus, log: silent, clock: { now: () => NOW }, sweepEveryMs: 2, ...options });

const sweepOften = { sweepEveryMs: 2, sweepAfterMs: 1_000 };

describe('outbox relay: offer', () => {
  it('when events are offered, then they are published and taken out of the outbox', async () => {
    const { bus, published } = createFakeBus();
    const [outbox, relay] = [createMemoryOutbox(), createRelay(bus)];
    const events = [buildEvent(), buildEvent(), buildEvent()];
    relay.offer(outbox.store, outbox.save(...events));
    await relay.idle();
    expect(idsOf(events)).to.deep.equal([...published].sort());
    expect(outbox.pending()).to.be.empty;
    expect(relay.stats()).to.deep.equal({ held: 0, backlog: 0 });
  });

  it('when many are published at once, then they leave the outbox in few writes', async () => {
    const { bus } = createFakeBus();
    const [outbox, relay] = [createMemoryOutbox(), createRelay(bus)];
    relay.offer(outbox.store, outbox.save(...Array.from({ length: 300 }, () => buildEvent())));
    await relay.idle();
    expect(outbox.pending()).to.be.empty;
    expect(outbox.asked.remove).to.be.lessThan(10);
  });

  it('when one aggregate has several events, then each waits for the one before, and others do not', async () => {
    const gate = createGate();
    const slow = randomUUID();
    const { bus, published } = createFakeBus((event) => (event.id === `${slow}.1.0` ? gate.opened : Promise.resolve()));
    const [outbox, relay] = [createMemoryOutbox(), createRelay(bus)];
    const other = buildEvent();
    relay.offer(outbox.store, outbox.save(...versionsOf(slow, 3)));
    relay.offer(outbox.store, outbox.save(other));
    await eventually(() => published.length === 1);
    expect(published).to.deep.equal([other.id]);
    gate.open();
    await relay.idle();
    expect(published).to.deep.equal([other.id, `${slow}.1.0`, `${slow}.2.0`, `${slow}.3.0`]);
  });

  it('when more aggregates wait than are published at once, then no more than that are', async () => {
    let [running, most] = [0, 0];
    const { bus, published } = createFakeBus(async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
    });
    const [outbox, relay] = [createMemoryOutbox(), createRelay(bus, { concurrency: 3 })];
    relay.offer(outbox.store, outbox.save(...Array.from({ length: 20 }, () => buildEvent())));
    await relay.idle();
    expect({ most, published: published.length }).to.deep.equal({ most: 3, published: 20 });
  });

  it('when it is full, then what comes on top is left to the sweeper and published by it', async () => {
    const gate = createGate();
    const { bus, published } = createFakeBus(() => gate.opened);
    const [outbox, relay] = [createMemoryOutbox(), createRelay(bus, { maxQueued: 5, ...sweepOften })];
    relay.register(outbox.store);
    relay.offer(outbox.store, outbox.save(...Array.from({ length: 12 }, () => buildEvent())));
    expect(relay.stats().held).to.equal(5);
    gate.open();
    relay.start();
    await eventually(() => outbox.pending().length === 0);
    expect(new Set(published).size).to.equal(12);
    await relay.stop();
  });
});

describe('outbox relay: sweeper', () => {
  it('when a crash left events unpublished, then the next start publishes them, in order', async () => {
    const { bus, published } = createFakeBus();
    const [outbox, relay] = [createMemoryOutbox(), createRelay(bus, sweepOften)];
    const subject = randomUUID();
    outbox.save(...versionsOf(subject, 3), buildEvent());
    relay.register(outbox.store);
    relay.start();
    await eventually(() => outbox.pending().length === 0);
    expect(published.filter((id) => id.startsWith(subject))).to.deep.equal([1, 2, 3].map((version) => `${subject}.${version}.0`));
    expect(published).to.have.lengthOf(4);
    await relay.stop();
  });

  it('when the crash came between publishing and taking out, then the event is published again', async () => {
    const { bus, published } = createFakeBus();
    const outbox = createMemoryOutbox();
    const event = buildEvent();
    outbox.faults.remove = new Error('the database is gone');
    const before = createRelay(bus);
    before.offer(outbox.store, outbox.save(event));
    await before.idle();
    expect([published, outbox.pending()]).to.deep.equal([[event.id], [event.id]]);
    delete outbox.faults.remove;
    const after = createRelay(bus, sweepOften);
    after.register(outbox.store);
    after.start();
    await eventually(() => outbox.pending().length === 0);
    expect(published).to.deep.equal([event.id, event.id]);
    await after.stop();
  });

  it('when the broker is away, then nothing is tried until it is back, and then all in order', async () => {
    const { bus, published, state } = createFakeBus(() => (state.connected ? Promise.resolve() : Promise.reject(new Error('tried'))));
    const [outbox, relay] = [createMemoryOutbox(), createRelay(bus, sweepOften)];
    const subject = randomUUID();
    const [first, second, third] = versionsOf(subject, 3) as [EventEnvelope, EventEnvelope, EventEnvelope];
    relay.register(outbox.store);
    state.connected = false;
    relay.start();
    relay.offer(outbox.store, outbox.save(first));
    relay.offer(outbox.store, outbox.save(second));
    await relay.idle();
    expect({ ...relay.stats(), asked: outbox.asked.findPending }).to.deep.equal({ held: 0, backlog: 1, asked: 0 });
    state.connected = true;
    relay.offer(outbox.store, outbox.save(third));
    await eventually(() => outbox.pending().length === 0);
    expect(published).to.deep.equal([first.id, second.id, third.id]);
    expect(relay.stats().backlog).to.equal(0);
    await relay.stop();
  });

  it('when publishing fails, then later events of the aggregate wait behind it and others go on', async () => {
    const failing = { now: true };
    const subject = randomUUID();
    const { bus, published } = createFakeBus((event) =>
      failing.now && event.subject === subject ? Promise.reject(new PublishError('timeout', 'no confirm')) : Promise.resolve(),
    );
    const [outbox, relay] = [createMemoryOutbox(), createRelay(bus)];
    const [first, second] = versionsOf(subject, 2) as [EventEnvelope, EventEnvelope];
    const other = buildEvent();
    relay.register(outbox.store);
    relay.offer(outbox.store, outbox.save(first));
    await relay.idle();
    failing.now = false;
    relay.offer(outbox.store, outbox.save(second, other));
    await relay.idle();
    expect(published).to.deep.equal([other.id]);
    await relay.sweep();
    await relay.idle();
    expect(published).to.deep.equal([other.id, first.id, second.id]);
  });

  it('when an event fails again and again, then the sweeper pauses longer each time', async () => {
    let tries = 0;
    const { bus } = createFakeBus(() => Promise.reject(new Error(`refused ${++tries}`)));
    const [outbox, relay] = [createMemoryOutbox(), createRelay(bus, sweepOften)];
    relay.register(outbox.store);
    relay.offer(outbox.store, outbox.save(buildEvent()));
    relay.start();
    await eventually(() => outbox.asked.findPending > 20);
    // The pauses double from half a second: ten tries would take minutes, twenty looks take an instant.
    expect(tries).to.be.within(1, 9);
    await relay.stop();
  });

  it('when an event is younger than the limit, then it is left to whoever saved it', async () => {
    const { bus, published } = createFakeBus();
    const [outbox, relay] = [createMemoryOutbox(), createRelay(bus, sweepOften)];
    outbox.save(buildEvent({ time: new Date(NOW.getTime() - 500).toISOString() }));
    relay.register(outbox.store);
    relay.start();
    await eventually(() => outbox.asked.findPending > 3);
    expect(published).to.be.empty;
    await relay.stop();
  });

  it('when an event is being published here, then the sweeper does not publish it too', async () => {
    const gate = createGate();
    let tries = 0;
    const { bus } = createFakeBus(() => {
      tries++;
      return gate.opened;
    });
    const [outbox, relay] = [createMemoryOutbox(), createRelay(bus, sweepOften)];
    relay.register(outbox.store);
    relay.offer(outbox.store, outbox.save(buildEvent()));
    relay.start();
    await eventually(() => outbox.asked.findPending > 3);
    gate.open();
    await eventually(() => outbox.pending().length === 0);
    expect(tries).to.equal(1);
    await relay.stop();
  });

  it('when one collection cannot be read, then the others are swept all the same', async () => {
    const { bus, published } = createFakeBus();
    const [broken, outbox] = [createMemoryOutbox('doors'), createMemoryOutbox('walls')];
    broken.faults.findPending = new Error('no such collection');
    const relay = createRelay(bus, sweepOften);
    outbox.save(buildEvent());
    relay.register(broken.store);
    relay.register(outbox.store);
    relay.start();
    await eventually(() => published.length === 1);
    await relay.stop();
  });

  it('when events wait, then the gauges say how many and for how long, and fall to nothing afterwards', async () => {
    const { bus } = createFakeBus();
    const metrics = new Registry();
    const [outbox, relay] = [createMemoryOutbox(), createRelay(bus, { ...sweepOften, metrics })];
    outbox.save(buildEvent(), buildEvent());
    relay.register(outbox.store);
    await relay.sweep();
    expect(await metrics.metrics())
      .to.contain('outbox_pending{collection="walls"} 2')
      .and.to.contain('outbox_oldest_seconds{collection="walls"} 60');
    await relay.idle();
    await relay.sweep();
    expect(await metrics.metrics())
      .to.contain('outbox_pending{collection="walls"} 0')
      .and.to.contain('outbox_oldest_seconds{collection="walls"} 0');
  });
});

describe('outbox relay: stop', () => {
  it('when it stops, then it publishes what it holds and takes no more', async () => {
    const gate = createGate();
    const { bus, published } = createFakeBus(() => gate.opened);
    const [outbox, relay] = [createMemoryOutbox(), createRelay(bus)];
    const [held, late] = [buildEvent(), buildEvent()];
    relay.offer(outbox.store, outbox.save(held));
    const stopped = relay.stop();
    relay.offer(outbox.store, outbox.save(late));
    gate.open();
    await stopped;
    expect([published, outbox.pending()]).to.deep.equal([[held.id], [late.id]]);
  });

  it('when the bus does not answer, then it stops all the same and the event stays in the outbox', async () => {
    const { bus } = createFakeBus(() => new Promise(() => undefined));
    const [outbox, relay] = [createMemoryOutbox(), createRelay(bus, { drainMs: 5 })];
    const event = buildEvent();
    relay.offer(outbox.store, outbox.save(event));
    await relay.stop();
    expect(outbox.pending()).to.deep.equal([event.id]);
  });
});
