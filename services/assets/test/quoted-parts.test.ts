import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { ReservationChanged, type ReservationChangedV1 } from '@riparo/shared/contracts/parts.events';
import type { PriceLine } from '@riparo/shared/contracts/price-lines';
import { QuoteAccepted, type PublishedQuote } from '@riparo/shared/contracts/quotes.events';
import { startPartsBench, type PartsBench, type ShownReservation } from './parts-bench.js';

const EUR = (amount: number) => ({ amount, currency: 'EUR' });

describe('Parts of an accepted quote', () => {
  let parts: PartsBench;
  before(async () => (parts = await startPartsBench()));
  after(() => parts.bench.stop());

  const states = async (partId: string) =>
    [...(await parts.reservations(`partId=${partId}`))]
      .reverse()
      .map(({ state, quantity, used }) => [state, quantity, used ?? 0].join(' '));
  /** State, pieces, price and VAT rate of what a repair has reserved. */
  const open = async (repairId: string) => {
    const { body } = await parts.bench.api.get<readonly (ShownReservation & { readonly vatRate: number })[]>(
      `/internal/reservations?repairId=${repairId}`,
      { root: true, token: parts.bench.world.platform.serviceTokens.mint() },
    );
    return body.data.map(({ state, quantity, unitPrice, vatRate }) => `${state} ${quantity} at ${unitPrice.amount} and ${vatRate} %`);
  };

  const line = (partId: string, part: Partial<PriceLine> = {}): PriceLine => ({
    kind: 'PART',
    description: 'Display',
    quantity: 1,
    unitPrice: EUR(7_500),
    vatRate: 22,
    partId,
    ...part,
  });
  const accept = (repairId: string, lines: readonly PriceLine[], part: Partial<PublishedQuote> = {}, tenantId?: string) => {
    const quote: PublishedQuote = {
      id: randomUUID(),
      number: 'QUO-2026-000001',
      quoteVersion: 1,
      repairId,
      customerId: randomUUID(),
      createdByUserId: parts.desk.userId,
      subjectNumber: 'REP-2026-000001',
      lines,
      ...{ net: EUR(0), vat: EUR(0), total: EUR(0) },
      validUntil: '2026-04-01',
      status: 'ACCEPTED',
      sentAt: '2026-03-02T09:00:00.000Z',
      ...part,
    };
    const origin = { subject: quote.id, version: 2, ...(tenantId === undefined ? {} : { tenantId }) };
    const tell = () => parts.bench.world.publish(QuoteAccepted, { quote, at: '2026-03-02T11:00:00.000Z' }, origin);
    return { tell };
  };

  it('when it names parts, then they are reserved at its price, once however often it is told', async () => {
    const [one, two] = [await parts.part({}, 5), await parts.part()];
    const repair = await parts.repair({ underWarranty: true });
    const labour = line(one.id, { kind: 'LABOUR' });
    const { tell } = accept(repair.id, [line(one.id, { quantity: 2 }), line(one.id), line(two.id), labour, line(randomUUID())]);
    await tell();
    await tell();
    expect(await states(one.id)).to.deep.equal(['RESERVED 3 0']);
    expect(await states(two.id)).to.deep.equal(['BACKORDERED 1 0']);
    const [reservation] = await parts.reservations(`partId=${one.id}`);
    expect(reservation).to.deep.include({ unitPrice: EUR(7_500), charge: 'BILLED' });
    expect(reservation).not.to.have.property('createdByUserId');
    await parts.bench.api.delete(`/parts/reservations/${reservation?.id}`, { token: parts.desk.token });
    await tell();
    expect(await states(one.id)).to.deep.equal(['RELEASED 3 0']);
  });

  it('when its reservation is released, then a new one has the accepted price and rate again', async () => {
    const { id } = await parts.part({ salePrice: 8_900, vatRate: 22 }, 5);
    const repair = await parts.repair();
    await accept(repair.id, [line(id, { unitPrice: EUR(9_900), vatRate: 10 })]).tell();
    const [reservation] = await parts.reservations(`partId=${id}`);
    await parts.bench.api.delete(`/parts/reservations/${reservation?.id}`, { token: parts.tech.token });
    await parts.reserve(id, repair.id);
    expect(await open(repair.id)).to.deep.equal(['RESERVED 1 at 9900 and 10 %']);
  });

  it('when the repair has pieces already, then the rest is added, and all have the quoted price', async () => {
    const { id } = await parts.part({}, 5);
    const repair = await parts.repair({ underWarranty: true });
    await parts.reserve(id, repair.id, { quantity: 2, charge: 'WARRANTY' });
    await accept(repair.id, [line(id, { quantity: 3 })]).tell();
    expect(await states(id)).to.have.members(['RESERVED 2 0', 'RESERVED 1 0']);
    for (const reservation of await parts.reservations(`partId=${id}`))
      expect(reservation).to.deep.include({ unitPrice: EUR(7_500), charge: 'BILLED' });
    await accept(repair.id, [line(id, { quantity: 3, unitPrice: EUR(1) })], { quoteVersion: 2 }).tell();
    expect(await states(id)).to.have.members(['RESERVED 2 0', 'RESERVED 1 0']);
  });

  it('when the repair is over, unknown or another tenant’s, then nothing is reserved', async () => {
    const { id } = await parts.part({}, 5);
    const repair = await parts.repair();
    await accept(repair.id, [line(id)], {}, 'elsewhere').tell();
    await accept(randomUUID(), [line(id)]).tell();
    await parts.tellRepair({ ...repair, status: 'CANCELED' }, 2);
    await accept(repair.id, [line(id)]).tell();
    expect(await states(id)).to.deep.equal([]);
  });

  it('when a part is quoted at two prices or rates, then each has a reservation of its own', async () => {
    const { id } = await parts.part({ vatRate: 22 }, 4);
    const repair = await parts.repair();
    const lines = [line(id, { unitPrice: EUR(1_000) }), line(id, { unitPrice: EUR(9_000), quantity: 2 }), line(id, { vatRate: 10 })];
    const { tell } = accept(repair.id, lines);
    await tell();
    await tell();
    expect(await open(repair.id)).to.have.members([
      'RESERVED 1 at 1000 and 22 %',
      'RESERVED 2 at 9000 and 22 %',
      'RESERVED 1 at 7500 and 10 %',
    ]);
    const told = (await parts.told<ReservationChangedV1>(ReservationChanged.type)).filter(({ part }) => part.id === id);
    expect(told.map(({ reservation }) => reservation.vatRate)).to.have.members([22, 22, 10]);
    const other = await parts.repair();
    await parts.reserve(id, other.id);
    await parts.bench.api.put(`/parts/${id}`, { vatRate: 4 }, { token: parts.desk.token });
    expect([...(await open(repair.id)), ...(await open(other.id))], 'the quote’s rate holds, else the part’s').to.have.members([
      ...['RESERVED 1 at 1000 and 22 %', 'RESERVED 2 at 9000 and 22 %', 'RESERVED 1 at 7500 and 10 %'],
      'BACKORDERED 1 at 8900 and 4 %',
    ]);
  });

  it('when some pieces have a quoted price, then they keep it, and the others take what is missing', async () => {
    const { id } = await parts.part({}, 9);
    const repair = await parts.repair();
    for (const unitPrice of [2_000, 9_000]) await parts.reserve(id, repair.id, { unitPrice }, parts.desk.token);
    const lines = [line(id, { unitPrice: EUR(1_000), quantity: 2 }), line(id, { unitPrice: EUR(2_000) })];
    await accept(repair.id, lines).tell();
    expect(await open(repair.id)).to.have.members([
      'RESERVED 1 at 2000 and 22 %',
      'RESERVED 1 at 1000 and 22 %',
      'RESERVED 1 at 1000 and 22 %',
    ]);
  });

  it('when one of the pieces gets another price, then it leaves its reservation and stays with the repair', async () => {
    const { id } = await parts.part({}, 3);
    const [repair, other] = [await parts.repair(), await parts.repair()];
    const quote = randomUUID();
    await accept(repair.id, [line(id, { quantity: 3 })], { id: quote }).tell();
    await parts.reserve(id, other.id);
    const lines = [line(id, { quantity: 2 }), line(id, { unitPrice: EUR(6_000) })];
    await accept(repair.id, lines, { id: quote, quoteVersion: 2 }).tell();
    expect(await open(repair.id)).to.have.members(['RESERVED 2 at 7500 and 22 %', 'RESERVED 1 at 6000 and 22 %']);
    expect(await open(other.id)).to.deep.equal(['BACKORDERED 1 at 8900 and 22 %']);
    expect(await parts.show(id)).to.include({ reserved: 3, available: 0 });
  });
});
