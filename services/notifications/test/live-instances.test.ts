import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { TOPOLOGY } from '@riparo/shared/contracts/topology';
import { createMemoryBus } from '@riparo/shared/messaging/memory-bus';
import { eventually } from '@riparo/shared/testing/eventually';
import { openEventStream, type EventStream } from '@riparo/shared/testing/event-stream';
import { openSocket } from '@riparo/shared/testing/live-socket';
import { createMemoryParking } from '@riparo/shared/testing/memory-parking';
import { createTestClock } from '@riparo/shared/testing/test-clock';
import { createTestTokens } from '@riparo/shared/testing/test-tokens';
import { connectTestDatabase } from '@riparo/shared/testing/test-database';
import { expect } from 'chai';
import { createJournal } from '../src/live/journal.js';
import type { Signal } from '../src/live/signal.js';
import { startBench, type Bench } from './bench.js';
import { startLiveBench, type LiveBench } from './live.bench.js';

const textsOf = (stream: EventStream): readonly unknown[] => stream.changes().map(({ data }) => (data.data as { text?: string }).text);
const openStreams = async ({ platform }: Bench): Promise<string> => platform.metrics.getSingleMetricAsString('live_streams_open');

describe('live updates of several instances', () => {
  let one: LiveBench;
  let two: Bench;
  const undo: (() => Promise<unknown>)[] = [];
  beforeEach(async () => {
    const clock = createTestClock();
    const [tokens, connection] = [createTestTokens(clock), await connectTestDatabase()];
    const log = pino({ level: 'silent' });
    const bus = createMemoryBus({ topology: { notifications: TOPOLOGY.notifications }, log, parking: createMemoryParking(), clock });
    const common = { bus, connection, clock, tokens };
    one = await startLiveBench(common);
    two = await startBench({ ...common, withoutSmtp: true, config: { TICKETS_URL: one.tickets.url } });
    undo.push(
      () => bus.stop(),
      async () => {
        await connection.dropDatabase();
        await connection.destroy();
      },
    );
  });
  afterEach(async () => {
    await two.stop();
    await one.stop();
    for (const step of undo.splice(0)) await step();
  });

  it('when events go to one instance or the other, then the streams of both tell all of them', async () => {
    const { token } = one.person({ role: 'AGENT' });
    const [first, second] = [await one.open('board', token), await openEventStream(two.url, { topics: 'board', token })];
    for (const text of ['a', 'b', 'c', 'd']) {
      await one.reply(text);
      for (const stream of [first, second]) await eventually(() => textsOf(stream).at(-1) === text);
    }
    expect(textsOf(first)).to.deep.equal(['a', 'b', 'c', 'd']);
    expect(textsOf(second)).to.deep.equal(textsOf(first));
    expect(second.changes().map(({ id }) => id)).to.deep.equal(first.changes().map(({ id }) => id));
    second.close();
  });

  it('when a client comes back elsewhere while events go on, then nothing is missing and nothing twice', async () => {
    const { token } = one.person({ role: 'AGENT' });
    const numbers: unknown[] = [];
    const total = 40;
    one.tickets.answer = (path) => ({ text: path });
    const ids = Array.from({ length: total }, () => randomUUID());
    let stream = await one.open('board', token);
    const events = (async () => {
      for (const id of ids) await one.reply('x', { id });
    })();
    for (let round = 0; numbers.length < total; round++) {
      await eventually(() => stream.changes().length > 0 || numbers.length === total);
      stream.close();
      await stream.ended;
      numbers.push(...textsOf(stream));
      const url = round % 2 === 0 ? two.url : one.url;
      if (numbers.length < total) stream = await openEventStream(url, { topics: 'board', token, lastEventId: stream.lastEventId() });
    }
    await events;
    stream.close();
    expect(numbers).to.deep.equal(ids.map((id) => `tickets/${id}`));
  });

  it('when two instances write at once and repeat themselves, then each signal has one place, without gaps', async () => {
    const [mine, theirs] = [createJournal(one.platform), createJournal(two.platform)];
    const signal = (n: number): Signal => ({
      id: `event-${n}`,
      type: 'test',
      kind: 'ticket',
      subjectId: String(n),
      at: one.clock.now().toISOString(),
      holders: [],
      before: [],
      staffOnly: false,
    });
    const start = await mine.last('busy');
    const numbers = Array.from({ length: 300 }, (_, n) => n);
    await Promise.all(
      numbers.flatMap((n) => [mine.append('busy', [signal(n)]), theirs.append('busy', [signal(n)]), mine.append('busy', [signal(n)])]),
    );
    const all = await theirs.after('busy', 0, 1_000);
    expect(all.map(({ position }) => position)).to.deep.equal(numbers.map((n) => start + 1 + n));
    expect(new Set(all.map(({ id }) => id)).size).to.equal(300);
  });

  it('when a client reads nothing any more, then it is dropped and others go on', async () => {
    const { token } = one.person({ role: 'AGENT' });
    const text = 'x'.repeat(500_000);
    let count = 0;
    one.tickets.answer = () => ({ text: `${count++} ${text}` });
    const slow = await openSocket(one.url, { authorization: `Bearer ${token}` });
    slow.send({ subscribe: ['board'] });
    await slow.next(({ type }) => type === 'ready');
    const good = await one.open('board', one.person({ role: 'AGENT' }).token);
    slow.pause();
    const isDropped = async (): Promise<boolean> => {
      await one.reply('more', { id: randomUUID() });
      return (await openStreams(one)).includes('live_streams_open 1');
    };
    await eventually(isDropped, { everyMs: 50 });
    const before = good.changes().length;
    await one.reply('after', { id: randomUUID() });
    await eventually(() => good.changes().length > before);
    slow.close();
  });
});
