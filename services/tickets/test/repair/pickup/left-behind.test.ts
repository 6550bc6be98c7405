import { pdfText } from '@riparo/shared/testing/pdf-text';
import { expectIndexed, plansOf } from '@riparo/shared/testing/query-plans';
import { expect } from 'chai';
import { CHARGE } from '../life.js';
import { startShelf, type Shelf } from './shelf.js';

const euros = (amount: number) => ({ amount, currency: 'EUR' });

interface Notice {
  readonly notice?: number;
  readonly channel: string;
  readonly at: string;
  readonly result?: string;
}
interface ShownPickup {
  readonly notices: readonly Notice[];
  readonly storageFee?: { readonly amount: number };
}
interface Listed {
  readonly id: string;
  readonly nextStep?: unknown;
}

describe('a device that nobody collects', () => {
  let shelf: Shelf;
  beforeEach(async () => {
    shelf = await startShelf();
  });
  afterEach(() => shelf.bench.stop());

  const told = async (type: string) => (await shelf.bench.events()).filter((event) => event.type === type).map(({ data }) => data);
  const pickupOf = async (id: string) => (await shelf.desk.read(id)).pickup as ShownPickup;
  const listed = async () =>
    (await shelf.bench.api.get<readonly Listed[]>('/repairs?uncollected=true', shelf.desk.agent)).body.data.map(({ id, nextStep }) => [
      id,
      nextStep,
    ]);

  it('when the settings change after the intake, then what was agreed then stays', async () => {
    const id = await shelf.ready();
    await shelf.change({ noticeDays: [1], storageFeePerDay: 0 });
    await shelf.on('2026-03-08');
    expect((await pickupOf(id)).notices).to.deep.equal([]);
    await shelf.on('2026-03-09');
    expect((await pickupOf(id)).notices).to.have.length(1);
  });

  it('when the day of a notice comes, then it is due once, however often somebody looks', async () => {
    const id = await shelf.ready();
    for (const day of ['2026-03-03', '2026-03-08', '2026-03-09', '2026-03-09', '2026-03-10']) await shelf.on(day);
    await Promise.all([shelf.look(), shelf.look()]);
    expect((await told('repair-pickup-notice-due')).map(({ notice, isLast, readyOn }) => [notice, isLast, readyOn])).to.deep.equal([
      [1, false, '2026-03-02'],
    ]);
    const { pickup, activities, amountDue } = await shelf.desk.read(id, shelf.desk.rosa);
    expect((pickup as ShownPickup).notices).to.deep.equal([{ notice: 1, channel: 'EMAIL', at: '2026-03-09T10:30:00.000Z' }]);
    expect(activities.at(-1)?.body).to.equal('Reminder 1 of 3 to collect the device');
    expect(amountDue).to.deep.equal(euros(CHARGE));
  });

  it('when the time to collect is over, then storage is charged by the day, up to its cap', async () => {
    const id = await shelf.ready();
    await shelf.desk.act(id, 'payment', shelf.desk.agent, { method: 'CASH', amount: CHARGE });
    await shelf.on('2026-04-01');
    expect(await shelf.desk.read(id)).to.include.keys('paidAt');
    for (const day of ['2026-04-02', '2026-04-03', '2026-04-10', '2026-04-11', '2026-04-12']) await shelf.on(day);
    const fees = (await told('repair-storage-charged')).map(({ storageFee }) => (storageFee as { amount: number }).amount);
    expect(fees).to.deep.equal([103, 206, 927, 1_000]);
    const repair = await shelf.desk.read(id, shelf.desk.rosa);
    expect(repair).to.deep.include({ amountDue: euros(CHARGE + 1_000), amountLeft: euros(1_000) });
    expect(repair).not.to.have.property('paidAt');
    expect(repair.extraLines).to.deep.equal([
      { kind: 'FEE', description: 'Storage, 10 days', quantity: 1, unitPrice: euros(820), vatRate: 22 },
    ]);
    expect((await shelf.desk.act(id, 'collect', shelf.desk.agent, { collectedBy: 'Rosa' })).body.code).to.equal('REPAIR_NOT_PAID');
    await shelf.desk.act(id, 'waive', shelf.desk.agent, { reason: 'She was in hospital' });
    const { body } = await shelf.desk.act(id, 'collect', shelf.desk.agent, { collectedBy: 'Rosa' });
    expect(body.data).to.include({ status: 'CLOSED' });
    await shelf.on('2026-06-30');
    expect((await shelf.desk.read(id)).amountDue).to.deep.equal(euros(CHARGE + 1_000));
  });

  it('when the system was off for weeks, then one look does all, and only the newest notice is sent', async () => {
    const id = await shelf.ready();
    const before = (await shelf.desk.read(id)).version;
    await shelf.on('2026-05-20');
    const { version } = await shelf.desk.read(id);
    expect(version).to.equal(before + 1);
    const { notices, storageFee } = await pickupOf(id);
    expect(notices.map(({ notice, result }) => [notice, result])).to.deep.equal([
      [1, 'SKIPPED'],
      [2, 'SKIPPED'],
      [3, undefined],
    ]);
    expect(storageFee).to.deep.equal(euros(1_000));
    expect(
      (await told('repair-pickup-notice-due')).map(({ notice, isLast, givenUpAfter }) => [notice, isLast, givenUpAfter]),
    ).to.deep.equal([[3, true, '2026-06-03']]);
    expect(await listed()).to.deep.equal([[id, { what: 'CONTACT', on: '2026-05-20' }]]);
    await shelf.mailed(id, 3);
    expect(await listed()).to.deep.equal([[id, { what: 'WAIT', on: '2026-06-04' }]]);
  });

  it('when the clocks change, then days stay days of the tenant', async () => {
    shelf.bench.test.clock.set('2026-03-22T22:30:00Z');
    const id = await shelf.ready();
    // In Rome it is 23:30 on 22 March; a week later the clocks are an hour ahead.
    shelf.bench.test.clock.set('2026-03-28T22:59:00Z');
    await shelf.look();
    expect((await pickupOf(id)).notices).to.have.length(0);
    shelf.bench.test.clock.set('2026-03-28T23:00:00Z');
    await shelf.look();
    expect((await pickupOf(id)).notices).to.have.length(1);
    shelf.bench.test.clock.set('2026-04-21T21:59:00Z');
    await shelf.look();
    expect(await pickupOf(id)).not.to.have.property('storageFee');
    shelf.bench.test.clock.set('2026-04-21T22:00:00Z');
    await shelf.look();
    expect((await pickupOf(id)).storageFee).to.deep.equal(euros(103));
  });

  it('when the desk lists what was left behind, then the longest comes first, with what comes next', async () => {
    const first = await shelf.ready();
    await shelf.on('2026-03-20');
    const second = await shelf.ready();
    await shelf.on('2026-04-01');
    expect(await listed()).to.deep.equal([]);
    await shelf.on('2026-04-02');
    expect(await listed()).to.deep.equal([[first, { what: 'FEE_CAP', on: '2026-04-11' }]]);
    await shelf.on('2026-04-25');
    expect(await listed()).to.deep.equal([
      [first, { what: 'NOTICE', on: '2026-05-01' }],
      [second, { what: 'FEE_CAP', on: '2026-04-29' }],
    ]);
    const ask = () => shelf.bench.api.get('/repairs?uncollected=true', shelf.desk.agent);
    expectIndexed(await plansOf(shelf.bench.test.platform.connection, 'repairs', ask), 'uncollected', ['leftBehindAt']);
    expect((await shelf.bench.api.get('/repairs?uncollected=false', shelf.desk.agent)).status).to.equal(422);
  });

  it('when the desk writes or calls, then that is kept, and the customer reads that it happened', async () => {
    const id = await shelf.ready();
    const { status, body } = await shelf.desk.act(id, 'pickup-notices', shelf.desk.agent, { channel: 'LETTER', note: 'RR 12345' });
    expect(status).to.equal(200);
    const kept = { channel: 'LETTER', at: '2026-03-02T10:00:00.000Z' };
    expect((body.data.pickup as ShownPickup).notices).to.deep.equal([
      { ...kept, note: 'RR 12345', byUserId: shelf.desk.agent.caller.userId },
    ]);
    expect(((await shelf.desk.read(id, shelf.desk.rosa)).pickup as ShownPickup).notices).to.deep.equal([kept]);
    const open = await shelf.desk.repairIn('COMPLETED');
    expect((await shelf.desk.act(open, 'pickup-notices', shelf.desk.agent, { channel: 'CALL' })).body.code).to.equal(
      'REPAIR_NOT_LEFT_BEHIND',
    );
  });

  it('when the receipt is printed, then it says in plain words what was agreed, and only what applies', async () => {
    const receipt = async (id: string) => {
      const headers = { authorization: `Bearer ${shelf.desk.agent.token}` };
      const answer = await fetch(`${shelf.bench.baseUrl}/api/v1/repairs/${id}/receipt.pdf`, { headers });
      return pdfText(Buffer.from(await answer.arrayBuffer()))
        .join(' ')
        .replaceAll(/\s+/g, ' ');
    };
    const id = await shelf.desk.repairIn('PENDING');
    expect(await receipt(id))
      .to.contain('within 30 days after we tell you that it is ready')
      .and.contain('after 7, 30 and 60 days')
      .and.contain('€1.03 a day, €10.00 at most')
      .and.contain('within 14 days after the last reminder');
    await shelf.change({ storageFeePerDay: 0, noticeDays: [1] }, 'it-IT');
    const italian = await receipt(await shelf.desk.repairIn('PENDING'));
    expect(italian).to.contain('entro 30 giorni').and.contain('dopo 1 giorno.').and.not.contain('custodia');
  });
});
