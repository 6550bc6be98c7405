import type { InvoiceUpdatedV1 } from '@riparo/shared/contracts/invoices.events';
import type { PublishedTicket } from '@riparo/shared/contracts/tickets.events';
import type { PublishedWorkReport } from '@riparo/shared/contracts/work-reports.events';
import { buildWorkReport } from '@riparo/shared/testing/published-work-report';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { buildDone, euros, labour, startTill, type InvoiceView, type Person, type Till } from './till.js';

const buildReport = (ticket: PublishedTicket, part: Partial<PublishedWorkReport> = {}): PublishedWorkReport =>
  buildWorkReport({
    ticketId: ticket.id,
    customerId: ticket.customerId,
    status: 'APPROVED',
    lines: [labour({ description: 'Work on site', minutes: 60 })],
    ...part,
  });

describe('documents of tickets', () => {
  let till: Till;
  let ticket: PublishedTicket;
  beforeEach(async () => {
    till = await startTill();
    ticket = {
      id: randomUUID(),
      ticketNumber: 'TKT-2026-001',
      customerId: till.rossi.caller.customerId ?? '',
      createdByUserId: till.rossi.caller.userId,
      title: 'The server does not start',
      category: 'HARDWARE',
      priority: 'HIGH',
      status: 'RESOLVED',
      stage: 'RESOLVED',
      source: 'PORTAL',
      slaBreached: false,
      createdAt: '2026-03-02T07:00:00.000Z',
    };
  });
  afterEach(() => till.stop());

  const knows = (...reports: readonly PublishedWorkReport[]): void => {
    till.known.set(ticket.id, { ...ticket, version: 3 });
    till.known.set(`${ticket.id}/work-reports`, reports);
  };
  const issued = (): Promise<InvoiceView> => {
    knows(buildReport(ticket));
    return till.issue({ ticketId: ticket.id });
  };
  const book = (kind: 'payments' | 'refunds', id: string, body: object, who: Person = till.admin, key: string = randomUUID()) =>
    till.api.post<InvoiceView>(`/invoices/${id}/${kind}`, body, { token: who.token, headers: { 'idempotency-key': key } });
  const updates = async (): Promise<readonly InvoiceUpdatedV1[]> => {
    await till.idle();
    return till.published.filter(({ type }) => type === 'riparo.billing.invoice-updated.v1').map(({ data }) => data as InvoiceUpdatedV1);
  };

  it('when its work reports were approved, then all of their lines are charged', async () => {
    const travel = labour({ kind: 'FEE', description: 'Travel, 12.5 km', unitPrice: euros(625) });
    knows(
      buildReport(ticket),
      buildReport(ticket, { status: 'DISPUTED' }),
      buildReport(ticket, { status: 'CLOSED', lines: [travel] }),
      buildReport(ticket, { status: 'DISCARDED' }),
    );
    const { lines, total, left, kind, ticketId, status } = await till.issue({ ticketId: ticket.id });
    expect(lines.map(({ description }) => description)).to.deep.equal(['Work on site', 'Travel, 12.5 km']);
    // 100.00 and 6.25 at 22 %: 106.25 + 23.375.
    expect([total, left, kind, ticketId, status]).to.deep.equal([euros(12_963), euros(12_963), 'INVOICE', ticket.id, 'ISSUED']);
  });

  it('when a plan covers everything, or no report was written, then there is nothing to charge', async () => {
    knows(buildReport(ticket, { lines: [] }));
    expect((await till.ask({ ticketId: ticket.id })).body.code).to.equal('NOTHING_TO_INVOICE');
    knows();
    expect((await till.ask({ ticketId: ticket.id })).body.code).to.equal('TICKET_WITHOUT_CHARGE');
  });

  it('when the ticket was merged, then its work is charged with the other one', async () => {
    const mergedIntoId = randomUUID();
    till.known.set(ticket.id, { ...ticket, status: 'CLOSED', mergedIntoId, version: 4 });
    const { status, body } = await till.ask({ ticketId: ticket.id });
    expect([status, body.code, body.mergedIntoId]).to.deep.equal([409, 'TICKET_MERGED', mergedIntoId]);
  });

  it('when it is paid in two parts, then it is paid, and each payment is told', async () => {
    const { id } = await issued();
    const part = await book('payments', id, { method: 'CASH', amount: 5_000 }, till.agent);
    expect([part.status, part.body.data.status, part.body.data.left]).to.deep.equal([201, 'PARTLY_PAID', euros(7_200)]);
    const rest = await book('payments', id, { method: 'BANK_TRANSFER', amount: euros(7_200), reference: 'CRO 4711' });
    expect([rest.body.data.status, rest.body.data.left, rest.body.data.paid]).to.deep.equal(['PAID', euros(0), euros(12_200)]);
    const told = await updates();
    expect(told.map(({ payments, invoice }) => [payments.length, invoice.left])).to.deep.equal([
      [1, euros(7_200)],
      [2, euros(0)],
    ]);
    expect(told[1]?.payments.map(({ method, amount, reference }) => [method, amount, reference])).to.deep.equal([
      ['CASH', euros(5_000), undefined],
      ['BANK_TRANSFER', euros(7_200), 'CRO 4711'],
    ]);
  });

  it('when a payment is repeated under its key, then it is booked once', async () => {
    const { id } = await issued();
    const key = randomUUID();
    const all = await Promise.all([1, 2, 3].map(() => book('payments', id, { method: 'CASH', amount: 5_000 }, till.agent, key)));
    expect(all.some(({ status }) => status === 201)).to.equal(true);
    expect((await till.read(id)).paid).to.deep.equal(euros(5_000));
  });

  it('when several pay the rest at once, then no more than the rest is booked', async () => {
    const { id } = await issued();
    const all = await Promise.all([1, 2, 3, 4].map(() => book('payments', id, { method: 'CASH', amount: 8_000 })));
    expect(all.map(({ status }) => status).toSorted()).to.deep.equal([201, 409, 409, 409]);
    const refused = all.find(({ status }) => status === 409);
    expect([refused?.body.code, refused?.body.amountLeft]).to.deep.equal(['PAYMENT_EXCEEDS_AMOUNT_LEFT', euros(4_200)]);
  });

  it('when it is taken back after it was paid, then what was paid goes back, and no more', async () => {
    const { id } = await issued();
    await book('payments', id, { method: 'CARD', amount: 12_200 });
    expect((await book('refunds', id, { method: 'CARD', amount: 1 })).body.code).to.equal('REFUND_EXCEEDS_OVERPAID');
    await till.settle(id);
    expect((await till.read(id)).overpaid).to.deep.equal(euros(12_200));
    const back = await book('refunds', id, { method: 'CARD', amount: 12_200 });
    expect([back.status, back.body.data.paid, back.body.data.overpaid]).to.deep.equal([201, euros(0), undefined]);
    expect((await book('refunds', id, { method: 'CARD', amount: 1 })).body.code).to.equal('REFUND_EXCEEDS_OVERPAID');
    expect((await updates()).map(({ payments }) => payments.map(({ amount }) => amount.amount))).to.deep.equal([
      [12_200],
      [12_200],
      [12_200, -12_200],
    ]);
  });

  it('when the document is for a repair, or is a credit note, then no money is booked on it', async () => {
    const repair = await till.tell(buildDone({ customerId: till.rossi.caller.customerId ?? '' }));
    const ofRepair = await till.issue({ repairId: repair.id });
    const refused = await book('payments', ofRepair.id, { method: 'CASH', amount: 100 });
    expect([refused.body.code, refused.body.repairId]).to.deep.equal(['PAID_ON_REPAIR', repair.id]);
    const { id } = await issued();
    const { body } = await till.settle(id);
    expect((await book('payments', body.data.id, { method: 'CASH', amount: 100 })).body.code).to.equal('INVOICE_NOT_PAYABLE');
  });

  it('when the money is in another currency, online or nothing, then all faults are named', async () => {
    const { id } = await issued();
    const faults = async (body: object) =>
      ((await book('payments', id, body)).body.errors as readonly { path: string }[] | undefined)?.map(({ path }) => path);
    expect(await faults({ method: 'CASH', amount: { amount: 100, currency: 'USD' } })).to.deep.equal(['amount']);
    expect(await faults({ method: 'ONLINE', amount: 0 })).to.deep.equal(['method', 'amount']);
  });

  it('when a customer or a technician books money, then it is refused; only administrators give money back', async () => {
    const { id } = await issued();
    const tech = till.person('TECH');
    for (const who of [till.rossi, till.rosa, tech])
      expect((await book('payments', id, { method: 'CASH', amount: 1 }, who)).status).to.equal(403);
    expect((await book('refunds', id, { method: 'CASH', amount: 1 }, till.agent)).status).to.equal(403);
    expect((await book('payments', randomUUID(), { method: 'CASH', amount: 1 })).status).to.equal(404);
    const theirs = await till.read(id, till.rossi);
    expect(theirs.payments).to.deep.equal([]);
  });
});
