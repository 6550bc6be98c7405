import { expect } from 'chai';
import { startBench, type Bench } from '../bench.js';
import { startDesk, type Desk, type WholeRepair } from './life.js';
import { pdfText } from '@riparo/shared/testing/pdf-text';
import { buildRepair, opened } from './repair.builder.js';

/** A Wednesday. */
const NOW = '2026-12-02T10:00:00Z';
const FRIDAY = '2026-12-04';
/** Rome is one hour ahead, and the centre closes at 18:00. */
const FRIDAY_AT_CLOSING = '2026-12-04T17:00:00.000Z';

describe('a day as the promise of a repair', () => {
  let bench: Bench;
  let desk: Desk;
  beforeEach(async () => {
    bench = await startBench({ now: NOW });
    desk = await startDesk(bench);
  });
  afterEach(() => bench.stop());

  const put = (id: string, estimatedCompletionAt: unknown) =>
    bench.api.put<WholeRepair>(`/repairs/${id}`, { estimatedCompletionAt }, desk.elena);
  const told = async () => (await bench.events()).filter(({ type }) => type === 'repair-estimate-changed').map(({ data }) => data);
  const refusal = async (id: string, day: string) => (await put(id, day)).body.errors[0];

  it('when a day is promised, then every view and the event say the day beside the end of its hours', async () => {
    const id = await desk.repairIn('IN_PROGRESS');
    const said = { estimatedCompletionAt: FRIDAY_AT_CLOSING, estimatedCompletionDay: FRIDAY };
    const { status, body } = await put(id, FRIDAY);
    expect(status).to.equal(200);
    expect(body.data).to.include(said);
    const { number } = body.data;
    for (const path of [`/repairs/${id}`, `/repairs/${id}/status`, `/public/repairs/status?number=${number}&serialNumber=PF-3X9K21`])
      expect((await bench.api.get<object>(path, desk.rosa)).body.data, path).to.include(said);
    expect((await bench.api.get<object[]>('/repairs', desk.rosa)).body.data[0]).to.include(said);
    expect((await told())[0]?.repair).to.include(said);
    expect((await desk.read(id)).activities.at(-1)?.metadata).to.deep.equal({ changes: { estimatedCompletionAt: { to: FRIDAY } } });
  });

  it('when it is said again, as the day or as the moment that was read, then nothing changes', async () => {
    const id = await desk.repairIn('IN_PROGRESS');
    const { version } = (await put(id, FRIDAY)).body.data;
    await bench.settings({ calendar: { timeZone: 'Europe/Rome', weekly: { friday: [{ start: '09:00', end: '13:00' }] }, exceptions: [] } });
    for (const again of [FRIDAY, FRIDAY_AT_CLOSING]) {
      const { body } = await put(id, again);
      expect(body.data).to.include({ version, estimatedCompletionDay: FRIDAY, estimatedCompletionAt: FRIDAY_AT_CLOSING });
    }
    expect(await told()).to.have.length(1);
  });

  it('when a day becomes a moment, and a day again, then each is told with what was said before', async () => {
    const id = await desk.repairIn('IN_PROGRESS');
    const noon = '2026-12-04T11:00:00.000Z';
    await put(id, FRIDAY);
    expect((await put(id, noon)).body.data)
      .to.include({ estimatedCompletionAt: noon })
      .and.not.to.have.property('estimatedCompletionDay');
    expect((await put(id, FRIDAY)).body.data).to.include({ estimatedCompletionAt: FRIDAY_AT_CLOSING, estimatedCompletionDay: FRIDAY });
    expect((await put(id, null)).body.data).to.not.have.any.keys('estimatedCompletionAt', 'estimatedCompletionDay');
    expect((await told()).map((data) => [data.previousEstimatedCompletionAt, data.previousEstimatedCompletionDay])).to.deep.equal([
      [undefined, undefined],
      [FRIDAY_AT_CLOSING, FRIDAY],
      [noon, undefined],
      [FRIDAY_AT_CLOSING, FRIDAY],
    ]);
  });

  it('when the day is over, or the centre is closed on it, then 422 says so, with the next working day', async () => {
    const id = await desk.repairIn('IN_PROGRESS');
    const path = 'estimatedCompletionAt';
    expect(await refusal(id, '2026-12-01')).to.deep.equal({ path, message: 'must not lie in the past' });
    const closed = await refusal(id, '2026-12-05');
    expect([closed?.path, closed?.message]).to.deep.equal([path, 'must be a working day; after 2026-12-05 the next one is 2026-12-07']);
    expect((await put(id, '2026-02-30')).status).to.equal(422);
    expect(await told()).to.deep.equal([]);
  });

  it('when today is promised after hours, then until the day is over, and yesterday no more', async () => {
    const id = await desk.repairIn('IN_PROGRESS');
    bench.test.clock.set(new Date('2026-12-02T19:30:00Z'));
    const { body } = await put(id, '2026-12-02');
    expect(body.data).to.include({ estimatedCompletionDay: '2026-12-02', estimatedCompletionAt: '2026-12-02T22:59:59.999Z' });
    bench.test.clock.set(new Date('2026-12-02T23:00:00Z'));
    expect((await put(id, '2026-12-02')).status).to.equal(200);
    await put(id, '2026-12-03');
    expect((await put(id, '2026-12-02')).status).to.equal(422);
  });

  const timeZone = 'America/Los_Angeles';
  it('when the centre is open until midnight, then the moment still lies in its own day', async () => {
    const id = await desk.repairIn('IN_PROGRESS');
    const friday = [
      { start: '09:00', end: '12:00' },
      { start: '13:00', end: '24:00' },
    ];
    await bench.settings({ timeZone, calendar: { timeZone, weekly: { friday }, exceptions: [] } });
    expect((await put(id, FRIDAY)).body.data).to.include({ estimatedCompletionAt: '2026-12-05T07:59:59.999Z' });
  });

  it('when the calendar has no hours at all, then any day can be promised, until its end', async () => {
    const id = await desk.repairIn('IN_PROGRESS');
    await bench.settings({ timeZone, calendar: { timeZone, weekly: {}, exceptions: [] } });
    expect((await put(id, '2026-12-06')).body.data).to.include({ estimatedCompletionAt: '2026-12-07T07:59:59.999Z' });
  });

  it('when it comes with a change of status, then likewise', async () => {
    const id = await desk.repairIn('IN_PROGRESS');
    const { body } = await desk.patch(id, 'DELAYED', desk.elena, { estimatedCompletionAt: FRIDAY });
    expect(body.data).to.include({ status: 'DELAYED', estimatedCompletionAt: FRIDAY_AT_CLOSING, estimatedCompletionDay: FRIDAY });
    expect((await desk.patch(id, 'CANCELED', desk.agent, { estimatedCompletionAt: FRIDAY })).status).to.equal(422);
    expect((await desk.patch(id, 'IN_PROGRESS', desk.elena, { estimatedCompletionAt: '2026-12-06' })).status).to.equal(422);
    expect((await desk.read(id)).status).to.equal('DELAYED');
  });

  it('when the desk promises a day, then the receipt and the page for customers print the day', async () => {
    const { id, number } = await opened(bench, desk.agent, { customerId: desk.rosa.caller.customerId, estimatedCompletionAt: FRIDAY });
    const headers = { authorization: `Bearer ${desk.agent.token}` };
    const receipt = await fetch(`${bench.baseUrl}/api/v1/repairs/${id}/receipt.pdf`, { headers });
    expect(pdfText(Buffer.from(await receipt.arrayBuffer())).join()).to.match(/4 Dec 2026(?!,)/);
    const page = await fetch(`${bench.baseUrl}/repair-status?number=${number}&serialNumber=PF-3X9K21`);
    expect(await page.text()).to.contain('>4 December 2026</dd>');
    const closed = buildRepair({ customerId: desk.rosa.caller.customerId, estimatedCompletionAt: '2026-12-06' });
    expect((await bench.api.post('/repairs', closed, desk.agent)).body.errors[0]?.path).to.equal('estimatedCompletionAt');
  });
});
