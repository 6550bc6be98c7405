import { buildReservation } from '@riparo/shared/testing/published-money';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { startBench, type Bench } from '../bench.js';
import { startDesk, type Desk } from './life.js';
import { buildRepair } from './repair.builder.js';
import { tellReservation } from './parts-and-quotes.js';

const euros = (amount: number) => ({ amount, currency: 'EUR' });

describe('a repair and its parts', () => {
  let bench: Bench;
  let desk: Desk;
  before(async () => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z' });
    await bench.settings({ timeZone: 'Europe/Rome' });
    desk = await startDesk(bench);
  });
  after(() => bench.stop());

  it('when a part is missing, then the repair waits for it until it has come', async () => {
    const id = await desk.repairIn('IN_PROGRESS');
    const [one, other] = [buildReservation({ repairId: id }), buildReservation({ repairId: id, quantity: 2 })];
    await tellReservation(bench, one, 3);
    await tellReservation(bench, other, 3);
    const seen = await desk.read(id, desk.rosa);
    expect(seen.status).to.equal('AWAITING_PARTS');
    expect(seen.awaitedParts).to.have.deep.members([
      { name: 'Display 12"', quantity: 1 },
      { name: 'Display 12"', quantity: 2 },
    ]);
    await tellReservation(bench, { ...one, state: 'RESERVED' }, 4);
    expect((await desk.read(id)).status).to.equal('AWAITING_PARTS');
    await tellReservation(bench, { ...other, state: 'RESERVED' }, 4);
    expect(await desk.read(id)).to.deep.include({ status: 'IN_PROGRESS', awaitedParts: [] });
    const moved = (await bench.events()).findLast(({ type }) => type === 'repair-status-changed');
    expect(moved?.data).to.include({ from: 'AWAITING_PARTS', to: 'IN_PROGRESS', cause: 'PARTS' });
  });

  it('when a part is missing for a visit, then no repair waits for it', async () => {
    const id = await desk.repairIn('IN_PROGRESS');
    const { repairId: _none, ...reservation } = buildReservation({ repairId: id });
    await tellReservation(bench, { ...reservation, workReportId: id }, 3);
    expect(await desk.read(id)).to.deep.include({ status: 'IN_PROGRESS', awaitedParts: [] });
    await tellReservation(bench, buildReservation({ repairId: id, partId: reservation.partId }), 4);
    expect((await desk.read(id)).awaitedParts).to.have.length(1);
  });

  it('when it is no longer wanted, then the repair goes on too', async () => {
    const id = await desk.repairIn('IN_PROGRESS');
    const reservation = buildReservation({ repairId: id });
    await tellReservation(bench, reservation, 3);
    await tellReservation(bench, { ...reservation, state: 'RELEASED' }, 4);
    expect((await desk.read(id)).status).to.equal('IN_PROGRESS');
  });

  it('when somebody moves it on all the same, then a word about the same part does not stop it again', async () => {
    const id = await desk.repairIn('IN_PROGRESS');
    const reservation = buildReservation({ repairId: id });
    await tellReservation(bench, reservation, 3);
    await desk.patch(id, 'IN_PROGRESS', desk.elena);
    await tellReservation(bench, { ...reservation, expectedOn: '2026-03-10' }, 4);
    expect((await desk.read(id)).status).to.equal('IN_PROGRESS');
  });

  it('when it waits for parts that somebody named in words, then reservations do not end that', async () => {
    const id = await desk.repairIn('AWAITING_PARTS');
    await tellReservation(bench, buildReservation({ repairId: id, state: 'RESERVED' }), 3);
    expect((await desk.read(id)).status).to.equal('AWAITING_PARTS');
  });

  it('when an older word comes late, then it changes nothing', async () => {
    const id = await desk.repairIn('IN_PROGRESS');
    const reservation = buildReservation({ repairId: id });
    await tellReservation(bench, { ...reservation, state: 'RESERVED' }, 5);
    await tellReservation(bench, reservation, 4);
    expect(await desk.read(id)).to.deep.include({ status: 'IN_PROGRESS', awaitedParts: [] });
  });

  it('when several words come at once, then none is lost', async () => {
    const id = await desk.repairIn('IN_PROGRESS');
    const reservations = Array.from({ length: 8 }, () => buildReservation({ repairId: id }));
    await Promise.all(reservations.map((each) => tellReservation(bench, each, 3)));
    expect((await desk.read(id)).awaitedParts).to.have.length(8);
    await Promise.all(reservations.map((each) => tellReservation(bench, { ...each, state: 'RESERVED' }, 4)));
    expect(await desk.read(id)).to.deep.include({ status: 'IN_PROGRESS', awaitedParts: [] });
  });

  describe('estimatedCompletionDay', () => {
    const awaiting = async (expectedOn: string, sheet: object = {}) => {
      const id = await desk.repairIn('IN_PROGRESS', { sheet });
      const reservation = buildReservation({ repairId: id, expectedOn });
      await tellReservation(bench, reservation, 3);
      return { id, reservation };
    };
    const dayOf = async (id: string) => (await desk.read(id)).estimatedCompletionDay;

    it('when a day of delivery is known, then it is promised and follows it', async () => {
      const { id, reservation } = await awaiting('2026-03-10');
      expect(await dayOf(id)).to.equal('2026-03-10');
      await tellReservation(bench, { ...reservation, expectedOn: '2026-03-12' }, 4);
      expect(await dayOf(id)).to.equal('2026-03-12');
      await tellReservation(bench, { ...reservation, expectedOn: '2026-03-05' }, 5);
      expect(await dayOf(id)).to.equal('2026-03-05');
      const { expectedOn: _, ...unknown } = reservation;
      await tellReservation(bench, unknown, 6);
      expect(await dayOf(id)).to.equal(undefined);
    });

    it('when the centre is closed on that day, then the next working day is promised', async () => {
      const { id } = await awaiting('2026-03-07');
      expect(await dayOf(id)).to.equal('2026-03-09');
    });

    it('when staff promised a later day, then that stays', async () => {
      const { id } = await awaiting('2026-03-10', { estimatedCompletionAt: '2026-03-20' });
      expect(await dayOf(id)).to.equal('2026-03-20');
    });
  });

  describe('POST /repairs/:id/complete', () => {
    const reserved = async (more: object = {}, sheet: object = {}) => {
      const id = await desk.repairIn('IN_PROGRESS', { sheet });
      const part = {
        id: randomUUID(),
        partId: randomUUID(),
        name: 'Display 12"',
        quantity: 2,
        state: 'RESERVED' as const,
        unitPrice: euros(4_000),
        vatRate: 22,
        charge: 'BILLED' as const,
        ...more,
      };
      bench.neighbours.reservations.set(id, [part]);
      return { id, part };
    };
    const LABOUR = { kind: 'LABOUR', description: 'Work', unitPrice: 6_000, vatRate: 22, minutes: 45 };
    const complete = (id: string, report: object) => desk.act(id, 'complete', desk.elena, { description: 'Done', ...report });

    it('when lines are given, then parts are added and the charge is the total with VAT', async () => {
      const { id, part } = await reserved();
      const { status, body } = await complete(id, { lines: [LABOUR] });
      expect(status).to.equal(200);
      expect(body.data).to.deep.include({ amountDue: euros(17_080) });
      const { lines, parts } = body.data.outcome as { readonly lines: unknown; readonly parts: unknown };
      expect(lines).to.deep.equal([
        { ...LABOUR, quantity: 1, unitPrice: euros(6_000) },
        { kind: 'PART', description: 'Display 12"', quantity: 2, unitPrice: euros(4_000), vatRate: 22, partId: part.partId },
      ]);
      expect(parts).to.deep.equal([{ reservationId: part.id, partId: part.partId, name: part.name, used: 2, charge: 'BILLED' }]);
      const seen = (await desk.read(id, desk.rosa)).outcome;
      expect(seen).to.have.property('lines');
      expect(seen).not.to.have.property('parts');
    });

    it('when some were not used, then only used ones are charged, and it is told what became of the rest', async () => {
      const { id, part } = await reserved();
      const { body } = await complete(id, { lines: [LABOUR], parts: [{ reservationId: part.id, used: 1, unused: 'SCRAP' }] });
      expect(body.data).to.deep.include({ amountDue: euros(12_200) });
      const completed = (await bench.events()).findLast(({ type }) => type === 'repair-completed');
      expect((completed?.data.repair as { outcome: { parts: unknown } }).outcome.parts).to.deep.equal([
        { reservationId: part.id, partId: part.partId, name: part.name, used: 1, unused: 'SCRAP', charge: 'BILLED' },
      ]);
    });

    it('when the warranty pays a part, then it is a line without a price', async () => {
      const { id } = await reserved({ charge: 'WARRANTY' });
      expect((await complete(id, { lines: [LABOUR] })).body.data).to.deep.include({ amountDue: euros(7_320) });
    });

    it('when the warranty does not cover the damage, then it pays for no part', async () => {
      const sheet = { device: { ...buildRepair().device, warrantyEndDate: '2027-01-01' } };
      const { id, part } = await reserved({ charge: 'WARRANTY' }, sheet);
      const { body } = await complete(id, { lines: [LABOUR], notCoveredReason: 'Water' });
      expect(body.data).to.deep.include({ amountDue: euros(17_080) });
      expect((body.data.outcome as { parts: unknown }).parts).to.deep.equal([
        { reservationId: part.id, partId: part.partId, name: part.name, used: 2, charge: 'BILLED' },
      ]);
    });

    it('when a part is sold in another currency, then 422 for parts', async () => {
      const { id } = await reserved({ unitPrice: { amount: 4_000, currency: 'JPY' } });
      const { status, body } = await complete(id, { lines: [LABOUR] });
      expect([status, body.errors.map(({ path }) => path)]).to.deep.equal([422, ['parts']]);
    });

    it('when the repair ends without an awaited part, then nobody reads that it waits', async () => {
      const { id } = await reserved();
      await tellReservation(bench, buildReservation({ repairId: id }), 3);
      await desk.patch(id, 'IN_PROGRESS', desk.elena);
      await complete(id, { amount: 1 });
      expect((await desk.read(id, desk.rosa)).awaitedParts).to.deep.equal([]);
    });

    it('when the charge is said in one sum, then parts are named and not charged besides', async () => {
      const { id, part } = await reserved();
      const { body } = await complete(id, { amount: 9_900 });
      expect(body.data).to.deep.include({ amountDue: euros(9_900) });
      expect((body.data.outcome as { parts: unknown }).parts).to.deep.equal([
        { reservationId: part.id, partId: part.partId, name: part.name, used: 2, charge: 'BILLED' },
      ]);
    });

    it('when fields are wrong, then 422 names every one of them', async () => {
      const { id, part } = await reserved();
      const { status, body } = await complete(id, {
        amount: 1,
        lines: [
          { ...LABOUR, unitPrice: { amount: 1, currency: 'CHF' } },
          { kind: 'DISCOUNT', description: 'Friends', unitPrice: 90_000, vatRate: 22 },
        ],
        parts: [
          { reservationId: part.id, used: 3 },
          { reservationId: randomUUID(), used: 1 },
        ],
      });
      expect(status).to.equal(422);
      expect(body.errors.map(({ path }) => path)).to.have.members([
        'amount',
        'lines.0.unitPrice.currency',
        'lines',
        'parts.0.used',
        'parts.1.reservationId',
      ]);
    });

    it('when quantities are negative, broken or of another kind, then 422', async () => {
      const { id, part } = await reserved();
      for (const report of [
        { lines: [{ ...LABOUR, quantity: 0 }] },
        { lines: [{ ...LABOUR, quantity: 1.5 }] },
        { lines: [{ ...LABOUR, quantity: -1 }] },
        { lines: [{ ...LABOUR, unitPrice: -1 }] },
        { lines: [{ ...LABOUR, vatRate: 22.555 }] },
        { lines: [{ kind: 'PART', description: 'Display', unitPrice: 1, vatRate: 22 }] },
        { lines: [{ kind: 'FEE', description: 'Storage', unitPrice: 1, vatRate: 22, minutes: 5 }] },
        { amount: 1, parts: [{ reservationId: part.id, used: -1 }] },
        { amount: 1, parts: [{ reservationId: part.id, used: 0.5 }] },
      ])
        expect((await complete(id, report)).status, JSON.stringify(report)).to.equal(422);
    });

    it('when assets is away, then 503 for a repair with parts, and nothing is held up for one without', async () => {
      const { id } = await reserved();
      await tellReservation(bench, buildReservation({ repairId: id, state: 'RESERVED' }), 3);
      const without = await desk.repairIn('IN_PROGRESS');
      bench.neighbours.away.add('assets');
      expect((await complete(id, { amount: 1 })).status).to.equal(503);
      expect((await complete(without, { amount: 1 })).status).to.equal(200);
      bench.neighbours.away.delete('assets');
      expect((await complete(id, { amount: 1 })).status).to.equal(200);
    });
  });
});
