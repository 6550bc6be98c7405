import { expect } from 'chai';
import { startBench, type Bench } from './bench.js';

const VALID = {
  companyName: 'Centro Riparazioni',
  contactEmail: 'info@centro.example',
  timeZone: 'Europe/London',
  locale: 'it-IT',
  currency: 'EUR',
  calendar: {
    weekly: {
      monday: [
        { start: '08:30', end: '12:30' },
        { start: '14:00', end: '18:30' },
      ],
      saturday: [{ start: '09:00', end: '24:00' }],
    },
    exceptions: [{ date: '2026-12-25', intervals: [], name: 'Christmas' }],
  },
};

describe('settings', () => {
  let bench: Bench;
  let admin: string;
  before(async () => {
    bench = await startBench({ env: { DEFAULT_TIMEZONE: 'Europe/Rome', COMPANY_NAME: 'Test Centre' } });
    admin = bench.tokenFor({ role: 'ADMIN' });
  });
  after(() => bench.stop());

  it('when the service starts first, then the configuration makes the settings and the others are told', async () => {
    await bench.idle();
    const event = bench.published.find(({ type }) => type === 'riparo.auth.settings-changed.v1')!;
    expect(event.data).to.have.nested.include({ 'settings.timeZone': 'Europe/Rome', 'settings.companyName': 'Test Centre' });
    const read = await bench.api.get('/settings', { token: bench.tokenFor({ role: 'CUSTOMER_USER' }) });
    expect(read.body.data).to.include({ companyName: 'Test Centre', currency: 'EUR' });
  });

  it('when PUT /settings comes with its ETag, then they are replaced, and the ETag is spent', async () => {
    const { headers } = await bench.api.get('/settings', { token: admin });
    const put = () => bench.api.put('/settings', VALID, { token: admin, headers: { 'if-match': headers.get('etag')! } });
    const answer = await put();
    expect(answer.status).to.equal(200);
    expect(answer.body.data).to.deep.include({ ...VALID, calendar: { ...VALID.calendar, timeZone: 'Europe/London' } });
    expect((await put()).status).to.equal(412);
    expect((await bench.eventsAbout('default')).at(-1)).to.equal('riparo.auth.settings-changed.v1');
  });

  it('when the centre has a logo and a colour, then the others are told', async () => {
    const look = { logoUrl: 'https://centre.example/logo.png', brandColour: '#AA0033' };
    await bench.api.put('/settings', { ...VALID, ...look }, { token: admin });
    await bench.idle();
    const event = bench.published.findLast(({ type }) => type === 'riparo.auth.settings-changed.v1')!;
    expect(event.data).to.have.nested.include({ 'settings.logoUrl': look.logoUrl, 'settings.brandColour': '#aa0033' });
  });

  const weekly = (monday: unknown) => ({ calendar: { weekly: { monday }, exceptions: [] } });
  for (const [what, part, path] of [
    ['a zone that is none', { timeZone: 'Mars/Olympus' }, 'timeZone'],
    ['another zone in the calendar', { calendar: { ...VALID.calendar, timeZone: 'Asia/Tokyo' } }, 'calendar.timeZone'],
    ['a currency that is none', { currency: 'ABC' }, 'currency'],
    ['an end before its start', weekly([{ start: '10:00', end: '09:00' }]), 'calendar.weekly.monday.0.end'],
    ['an empty interval', weekly([{ start: '10:00', end: '10:00' }]), 'calendar.weekly.monday.0.end'],
    ['a time that is none', weekly([{ start: '25:00', end: '26:00' }]), 'calendar.weekly.monday.0.start'],
    [
      'overlapping intervals',
      weekly([
        { start: '09:00', end: '13:00' },
        { start: '12:00', end: '18:00' },
      ]),
      'calendar.weekly.monday',
    ],
    [
      'unsorted intervals',
      weekly([
        { start: '14:00', end: '18:00' },
        { start: '09:00', end: '13:00' },
      ]),
      'calendar.weekly.monday',
    ],
    [
      'a date that is none',
      { calendar: { weekly: {}, exceptions: [{ date: '2026-02-30', intervals: [] }] } },
      'calendar.exceptions.0.date',
    ],
    [
      'a date twice',
      { calendar: { weekly: {}, exceptions: [1, 2].map(() => ({ date: '2026-02-03', intervals: [] })) } },
      'calendar.exceptions.1',
    ],
    ['a colour by name', { brandColour: 'red' }, 'brandColour'],
    ['a logo that is code', { logoUrl: 'javascript:alert(1)' }, 'logoUrl'],
    ['an unknown field', { owner: 'me' }, 'owner'],
  ] as const) {
    it(`when there is ${what}, then 422 for ${path}`, async () => {
      const answer = await bench.api.put('/settings', { ...VALID, ...part }, { token: admin });
      expect(answer.status).to.equal(422);
      expect(answer.body.errors.map((fault) => fault.path)).to.include(path);
    });
  }

  it('when somebody other than an administrator writes, then 403', async () => {
    expect((await bench.api.get('/settings')).status).to.equal(401);
    for (const role of ['AGENT', 'TECH', 'CUSTOMER_ADMIN'] as const) {
      expect((await bench.api.put('/settings', VALID, { token: bench.tokenFor({ role }) })).status).to.equal(403);
    }
  });
});
