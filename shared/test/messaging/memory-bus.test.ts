import { expect } from 'chai';
import { Registry } from 'prom-client';
import type { Bus } from '../../src/messaging/bus.js';
import { on, PoisonEventError } from '../../src/messaging/bus.js';
import { createMemoryBus } from '../../src/messaging/memory-bus.js';
import { eventually } from '../../src/testing/eventually.js';
import { createMemoryParking } from '../../src/testing/memory-parking.js';
import { describeBusContract, type BusMaker } from './bus-contract.js';
import { describeFailureContract } from './bus-failure-contract.js';
import { buildEvent, buildEvents, createGate, hasty, recording, silent, WallPainted } from './messaging.builder.js';

const createBus = (options: { readonly concurrency?: number; readonly metrics?: Registry } = {}): Bus =>
  createMemoryBus({ topology: { walls: [WallPainted.type] }, log: silent, parking: createMemoryParking(), retry: hasty, ...options });

const maker: BusMaker = {
  name: (queue) => queue,
  install: (topology, retry = hasty) => {
    const bus = createMemoryBus({ topology, log: silent, parking: createMemoryParking(), retry });
    // Within one process two instances of a service share the bus.
    return Promise.resolve({ first: bus, second: bus, close: () => bus.stop() });
  },
};

describeBusContract('memory bus', maker);
describeFailureContract('memory bus', maker);

describe('memory bus: publish', () => {
  it('when a queue wants the event and nothing consumes it yet, then publish rejects', async () => {
    const bus = createBus();
    const error = await bus.publish(buildEvent()).catch((reason: unknown) => reason);
    expect(error).to.include({ name: 'PublishError', code: 'no-consumer' });
    const got = recording();
    await bus.consume('walls', [got.subscription]);
    await bus.publish(buildEvent());
    expect(got.events).to.have.lengthOf(1);
  });

  it('when it resolves, then the handler is done', async () => {
    const bus = createBus();
    const [begun, finish] = [createGate(), createGate()];
    const steps: string[] = [];
    const handle = async (): Promise<void> => {
      begun.open();
      await finish.opened;
      steps.push('handled');
    };
    await bus.consume('walls', [on(WallPainted, handle)]);
    const published = bus.publish(buildEvent()).then(() => steps.push('published'));
    await begun.opened;
    steps.push('begun');
    finish.open();
    await published;
    expect(steps).to.deep.equal(['begun', 'handled', 'published']);
  });

  it('when the bus stops before the event is handled, then it rejects', async () => {
    const bus = createBus();
    const begun = createGate();
    const handle = (): Promise<void> => {
      begun.open();
      return Promise.reject(Object.assign(new Error('reset'), { code: 'ECONNRESET' }));
    };
    await bus.consume('walls', [on(WallPainted, handle)]);
    const published = bus.publish(buildEvent()).catch((reason: unknown) => reason);
    await begun.opened;
    await bus.stop();
    expect(await published).to.include({ code: 'stopped' });
  });

  it('when the parking lot is away, then it rejects and the event is tried again with the next publish', async () => {
    const away = { now: true };
    const lot = createMemoryParking();
    const parking = {
      ...lot,
      park: (event: Parameters<typeof lot.park>[0]) => (away.now ? Promise.reject(new Error('away')) : lot.park(event)),
    };
    const bus = createMemoryBus({ topology: { walls: [WallPainted.type] }, log: silent, parking, retry: hasty });
    await bus.consume('walls', [on(WallPainted, () => Promise.reject(new PoisonEventError('no')))]);
    const event = buildEvent();
    expect(await bus.publish(event).catch((reason: unknown) => reason)).to.include({ message: 'away' });
    away.now = false;
    await bus.publish(event);
    expect(await bus.listParked('walls')).to.have.lengthOf(1);
  });

  it('when more events come than may be handled at once, then the others wait', async () => {
    const bus = createBus({ concurrency: 2 });
    const gates = Array.from({ length: 5 }, createGate);
    let [running, most, begun] = [0, 0, 0];
    const handle = async (): Promise<void> => {
      most = Math.max(most, ++running);
      await gates[begun++]!.opened;
      running--;
    };
    await bus.consume('walls', [on(WallPainted, handle)]);
    const published = Promise.all(buildEvents(5).map((event) => bus.publish(event)));
    for (const [index, gate] of gates.entries()) {
      await eventually(() => begun > index);
      gate.open();
    }
    await published;
    expect({ most, begun }).to.deep.equal({ most: 2, begun: 5 });
  });
});

describe('memory bus: metrics', () => {
  it('when events end, then they are counted by how, and two buses can share a registry', async () => {
    const metrics = new Registry();
    createBus({ metrics });
    const bus = createBus({ metrics });
    const fail = { next: false };
    await bus.consume('walls', [on(WallPainted, () => (fail.next ? Promise.reject(new PoisonEventError('no')) : Promise.resolve()))]);
    await bus.publish(buildEvent());
    fail.next = true;
    await bus.publish(buildEvent());
    const text = await metrics.metrics();
    expect(text).to.contain(`events_published_total{type="${WallPainted.type}"} 2`);
    expect(text).to.contain(`events_handled_total{queue="walls",type="${WallPainted.type}",outcome="handled"} 1`);
    expect(text).to.contain(`events_handled_total{queue="walls",type="${WallPainted.type}",outcome="parked"} 1`);
    expect(text).to.contain('events_parked_total{queue="walls"} 1');
    expect(text).to.contain('event_lag_seconds_count{queue="walls"} 1');
  });
});
