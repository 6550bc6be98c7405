import { expect } from 'chai';
import { opened } from './repair/repair.builder.js';
import { buildSettings, startBench, type Bench, type Person } from './bench.js';

const ZONE = 'America/Los_Angeles';

describe('days in filters', () => {
  let bench: Bench;
  let rosa: Person;
  beforeEach(async () => {
    // 17:12 on the 28th of November in Los Angeles.
    bench = await startBench({ now: '2026-11-29T01:12:00Z' });
    rosa = await bench.customer();
    await bench.settings({ timeZone: ZONE, calendar: { ...buildSettings().calendar, timeZone: ZONE } });
  });
  afterEach(() => bench.stop());

  const count = async (path: string): Promise<number> => {
    const { status, body, text } = await bench.api.get<unknown[]>(path, rosa);
    expect(status, text).to.equal(200);
    return body.data.length;
  };

  for (const noun of ['tickets', 'repairs'] as const)
    it(`when ${noun} are asked for by days, then these are the days of the centre`, async () => {
      if (noun === 'tickets') await bench.open(rosa);
      else await opened(bench, rosa);
      expect(await count(`/${noun}?from=2026-11-28&to=2026-11-29`)).to.equal(1);
      expect(await count(`/${noun}?from=2026-11-29`)).to.equal(0);
      expect(await count(`/${noun}?to=2026-11-28`)).to.equal(0);
      expect(await count(`/${noun}?from=2026-11-29T00:00:00Z&to=2026-11-30T00:00:00Z`)).to.equal(1);
      expect((await bench.api.get(`/${noun}?from=2026-02-30`, rosa)).status).to.equal(422);
    });

  it('when appointments and free times are asked for by days, then these are the days of the centre', async () => {
    const { id } = await bench.open(rosa);
    const times = { scheduledStartAt: '2026-12-02T01:00:00Z', scheduledEndAt: '2026-12-02T01:30:00Z' };
    const booked = await bench.api.post(`/tickets/${id}/appointments`, { type: 'DROP_OFF', ...times }, rosa);
    expect(booked.status, booked.text).to.equal(201);
    expect(await count('/appointments?from=2026-12-01&to=2026-12-02')).to.equal(1);
    expect(await count('/appointments?from=2026-12-02')).to.equal(0);
    const slots = await bench.api.get<{ startAt: string }[]>('/appointments/slots?type=DROP_OFF&from=2026-12-01&to=2026-12-02', rosa);
    const days = slots.body.data.map(({ startAt }) => new Date(startAt).toLocaleDateString('sv-SE', { timeZone: ZONE }));
    expect([...new Set(days)]).to.deep.equal(['2026-12-01']);
  });
});
