import { createTestClock } from '@riparo/shared/testing/test-clock';
import { expect } from 'chai';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import type { Site } from '../../../src/appointment/slot/slot.js';
import type { Way } from '../../../src/appointment/slot/ways.js';
import { createGoogleMaps } from '../../../src/appointment/travel/google-maps.js';
import { createOsrm } from '../../../src/appointment/travel/osrm.js';
import type { TravelProvider } from '../../../src/appointment/travel/provider.js';
import { createTravelTimes } from '../../../src/appointment/travel/travel-times.js';
import { googleMatrix, osrmTable, startFakeRoads, type FakeRoads } from './fake-roads.js';

const SECRET = 'AIza-do-not-tell';
const place = (key: string, lat: number, lng: number): Site => ({ key, point: { lat, lng } });
const modena = place('modena', 44.64783, 10.92539);
const bologna = place('bologna', 44.49381, 11.33875);
const parma = place('parma', 44.80107, 10.32798);
const nowhere: Site = { key: 'nowhere' };

describe('travel times', () => {
  let roads: FakeRoads;
  let lines: string[];
  let metrics: Registry;
  const clock = createTestClock('2026-03-02T10:00:00Z');
  beforeEach(async () => {
    [roads, lines, metrics] = [await startFakeRoads(), [], new Registry()];
  });
  afterEach(() => roads.stop());

  const osrm = (timeoutMs = 2_000) => createOsrm({ url: roads.url, timeoutMs });
  const google = (timeoutMs = 2_000) => createGoogleMaps({ apiKey: SECRET, url: `${roads.url}/matrix`, timeoutMs });
  const times = (provider?: TravelProvider) =>
    createTravelTimes({
      provider,
      estimate: { roadFactor: 1.4, speedKmh: 50 },
      cacheHours: 12,
      clock,
      metrics,
      log: pino({ level: 'warn' }, { write: (line) => void lines.push(line) }),
    });
  const outcomes = async () =>
    (await metrics.getSingleMetric('travel_requests_total')?.get())?.values.map(({ labels, value }) => [labels.outcome, value]);

  it('when no provider is configured, then it is the great circle by the road factor, as an estimate', async () => {
    const { minutes, provider, estimated } = await times()([[modena, bologna]]);
    // 36.97 km as the crow flies.
    expect(minutes(modena, bologna)).to.equal(Math.ceil(((36.97 * 1.4) / 50) * 60));
    expect({ provider, estimated }).to.deep.equal({ provider: 'GREAT_CIRCLE', estimated: true });
  });

  it('when a place has no position, or it is the same, then no time', async () => {
    const { minutes } = await times()([[modena, nowhere]]);
    expect([minutes(modena, nowhere), minutes(nowhere, modena), minutes(modena, { ...modena })]).to.deep.equal([0, 0, 0]);
  });

  for (const [name, make, matrix] of [
    ['OSRM', osrm, osrmTable],
    ['GOOGLE_MAPS', google, googleMatrix],
  ] as const) {
    describe(name, () => {
      it('when it answers, then its times, rounded up, and each direction its own', async () => {
        const there = new Map([
          [0, 601],
          [1, 1200],
        ]);
        roads.answer = (url) => matrix(url, (from, to) => there.get(name === 'OSRM' ? (from === 0 ? to - 1 : from) : from + to) ?? 60);
        const ways: readonly Way[] = [
          [modena, bologna],
          [modena, parma],
          [bologna, parma],
        ];
        const { minutes, provider, estimated } = await times(make())(ways);
        expect({ provider, estimated }).to.deep.equal({ provider: name, estimated: false });
        expect([minutes(modena, bologna), minutes(modena, parma)]).to.deep.equal([11, 20]);
        // Not asked for, so estimated: the other direction is another way.
        expect(minutes(parma, modena)).to.be.greaterThan(20);
      });

      it('when the length of the way is told, then in kilometres with one decimal; else it is estimated', async () => {
        roads.answer = (url) => matrix(url, () => 600, 41_249);
        const travel = times(make());
        const journeys = (await travel([[modena, bologna]])).journey;
        const source = name === 'OSRM' ? 'OSRM' : 'GOOGLE';
        expect(journeys(modena, bologna)).to.deep.equal({ distanceKm: 41.2, minutes: 10, source });
        expect([journeys(modena, nowhere), journeys(modena, { ...modena })?.distanceKm]).to.deep.equal([undefined, 0]);
        expect(journeys(bologna, modena)).to.include({ distanceKm: 51.7, source: 'ESTIMATE' });
        roads.answer = (url) => matrix(url, () => 600, null);
        expect((await travel([[modena, parma]])).journey(modena, parma)).to.include({ minutes: 10, source, distanceKm: 70.3 });
      });

      it('when asked again, then from memory, until the hours are over', async () => {
        roads.answer = (url) => matrix(url, () => 600);
        const travel = times(make());
        await travel([[modena, bologna]]);
        await travel([[modena, bologna]]);
        expect(roads.asked).to.have.length(1);
        clock.advance(12 * 3_600_000 + 1);
        expect((await travel([[modena, bologna]])).estimated).to.equal(false);
        expect(roads.asked).to.have.length(2);
      });

      it('when there is no road, then estimated, and not asked again', async () => {
        roads.answer = (url) => matrix(url, () => null);
        const travel = times(make());
        expect(await travel([[modena, bologna]])).to.include({ provider: 'GREAT_CIRCLE', estimated: true });
        await travel([[modena, bologna]]);
        expect(roads.asked).to.have.length(1);
        expect(lines).to.deep.equal([]);
      });

      it('when some of it is not known, then the rest is still used and it says so', async () => {
        roads.answer = (url) => matrix(url, (_from, to) => ((name === 'OSRM' ? to === 1 : to === 0) ? 600 : null));
        const { minutes, provider, estimated } = await times(make())([
          [modena, bologna],
          [modena, parma],
        ]);
        expect({ provider, estimated }).to.deep.equal({ provider: name, estimated: true });
        expect([minutes(modena, bologna), minutes(modena, parma) > 10]).to.deep.equal([10, true]);
      });

      for (const [what, answer] of [
        ['refuses', { status: 500, body: { status: 'UNKNOWN_ERROR', code: 'Error' } }],
        ['refuses the key', { body: { status: 'REQUEST_DENIED', code: 'InvalidUrl', rows: [] } }],
        ['answers nonsense', { body: 'no JSON' }],
        ['answers with too little', { body: { status: 'OK', code: 'Ok', rows: [], durations: [] } }],
        [
          'answers no numbers',
          { body: { status: 'OK', code: 'Ok', rows: [{ elements: [{ status: 'OK', duration: { value: 'x' } }] }], durations: [[-1]] } },
        ],
        ['does not answer in time', undefined],
      ] as const) {
        it(`when it ${what}, then estimated, counted, logged without a secret, and left in peace for a while`, async () => {
          roads.answer = () => answer;
          const travel = times(make(answer === undefined ? 100 : 2_000));
          const { minutes, provider, estimated } = await travel([[modena, bologna]]);
          expect({ provider, estimated }).to.deep.equal({ provider: 'GREAT_CIRCLE', estimated: true });
          expect(minutes(modena, bologna)).to.be.greaterThan(0);
          expect(await outcomes()).to.deep.equal([['failed', 1]]);
          expect(lines).to.have.length(1);
          expect(lines.join('')).not.to.include(SECRET).and.not.include('127.0.0.1');
          await travel([[modena, bologna]]);
          expect(roads.asked).to.have.length(1);
          clock.advance(31_000);
          roads.answer = (url) => matrix(url, () => 600);
          expect(await travel([[modena, bologna]])).to.include({ provider: name, estimated: false });
        });
      }

      it('when more ways are wanted than one request holds, then several requests ask for them', async () => {
        roads.answer = (url) => matrix(url, () => 600);
        const ways = Array.from({ length: 130 }, (_, index): Way => [modena, place(String(index), 44 + index / 1000, 11)]);
        const provider = make();
        expect((await times(provider)(ways)).estimated).to.equal(false);
        expect(roads.asked).to.have.length(Math.ceil(130 / provider.maxLegs));
      });

      it('when there are far too many, then the rest is estimated', async () => {
        roads.answer = (url) => matrix(url, () => 600);
        const ways = Array.from({ length: 40 }, (_, index): Way => [
          place(`a${index}`, 44, 11 + index / 100),
          place(`b${index}`, 45, 11 + index / 100),
        ]);
        expect(await times(make())(ways)).to.include({ provider: name, estimated: true });
        expect(roads.asked).to.have.length(8);
      });
    });
  }

  it('when OSRM is asked, then longitude comes first, and the address may end with a slash', async () => {
    roads.answer = (url) => osrmTable(url, () => 60);
    await times(createOsrm({ url: `${roads.url}/`, timeoutMs: 2_000 }))([[modena, bologna]]);
    expect(roads.asked[0]?.pathname).to.equal('/table/v1/driving/10.92539,44.64783;11.33875,44.49381');
  });

  it('when Google is asked, then with the key and without traffic', async () => {
    roads.answer = (url) => googleMatrix(url, () => 60);
    await times(google())([[modena, bologna]]);
    const asked = roads.asked[0]?.searchParams;
    expect(asked?.get('key')).to.equal(SECRET);
    expect(asked?.get('origins')).to.equal('44.64783,10.92539');
    expect(asked?.has('departure_time')).to.equal(false);
  });
});
