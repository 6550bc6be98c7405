import { InvoiceIssued, type PublishedInvoice } from '@riparo/shared/contracts/invoices.events';
import { buildInvoice } from '@riparo/shared/testing/published-money';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { startBench, type Bench, type Person } from '../bench.js';
import { startDesk, type Desk } from './life.js';

describe('documents of a repair', () => {
  let bench: Bench;
  let desk: Desk;
  let repairId: string;
  before(async () => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z' });
    desk = await startDesk(bench);
    repairId = await desk.repairIn('COMPLETED');
  });
  after(() => bench.stop());

  const tell = async (part: Partial<PublishedInvoice>) => {
    const invoice = buildInvoice(part.ticketId === undefined ? { repairId, ...part } : part);
    await bench.test.publish(InvoiceIssued, { invoice, at: '2026-03-02T10:00:00.000Z' }, { subject: invoice.id });
    const { id, number, kind, total, issuedOn } = invoice;
    return { id, number, kind, total, issuedOn };
  };
  const listed = async (by: Person) => {
    const { data } = (await bench.api.get<readonly { id: string; documents: unknown }[]>('/repairs', by)).body;
    return data.find(({ id }) => id === repairId)?.documents;
  };

  it('when billing issues some, then the repair and the list link to them, the oldest first', async () => {
    const later = await tell({ kind: 'CREDIT_NOTE', number: 'A-2026-000002', issuedOn: '2026-03-05' });
    const first = await tell({});
    await tell({ repairId: randomUUID() });
    await tell({ ticketId: randomUUID() });
    for (const who of [desk.agent, desk.rosa]) {
      expect((await desk.read(repairId, who)).documents).to.deep.equal([first, later]);
      expect(await listed(who)).to.deep.equal([first, later]);
    }
  });

  it('when a technician reads, then there are none, because they read no invoices', async () => {
    expect((await desk.read(repairId, desk.elena)).documents).to.deep.equal([]);
    expect(await listed(desk.elena)).to.deep.equal([]);
  });
});
