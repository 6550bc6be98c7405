import { InvoiceIssued } from '@riparo/shared/contracts/invoices.events';
import { INVOICE_LINK } from '@riparo/shared/contracts/links';
import { buildInvoice } from '@riparo/shared/testing/published-money';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { knowCustomer, startBench, type Bench } from './bench.js';

describe('issued documents', () => {
  let bench: Bench;
  before(async () => {
    bench = await startBench({ now: '2026-03-01T10:00:00Z' });
  });
  after(() => bench.stop());

  const told = async (part: Parameters<typeof buildInvoice>[0] = {}) => {
    const [customerId, address] = [randomUUID(), `${randomUUID()}@walk-in.test`];
    await knowCustomer(bench, customerId, address);
    const invoice = buildInvoice({ customerId, ...part });
    const event = { invoice, at: '2026-03-02T10:00:00.000Z' };
    await bench.publish(InvoiceIssued, event, { subject: invoice.id });
    await bench.publish(InvoiceIssued, event, { subject: invoice.id });
    await bench.deliver();
    const mails = bench.smtp.mails.filter(({ to }) => to.includes(address)).map(({ mail }) => mail);
    expect(mails.length).to.equal(1);
    return { invoice, subject: mails[0]?.subject ?? '', text: mails[0]?.text ?? '' };
  };

  it('when an invoice is issued, then the customer gets one mail with its number, total and place', async () => {
    const { invoice, subject, text } = await told({ dueOn: '2026-04-01' });
    expect(subject).to.equal('[A-2026-000001] Your invoice: €122.00');
    for (const each of [
      'our invoice for repair REP-2026-000001',
      '€122.00',
      'Please pay by: Wednesday',
      'until Tuesday',
      '2 March 2027; you need no password',
    ])
      expect(text).to.include(each);
    expect(text).not.to.include('in your account');
    const [, token = ''] = /https:\/\/support\.test\/api\/v1\/public\/invoices\/(\S+)\/invoice\.pdf/.exec(text) ?? [];
    const opened = { tenantId: 'default', subjectId: invoice.id };
    expect(bench.platform.links.verify(INVOICE_LINK, token)).to.deep.equal(opened);
    bench.clock.set('2027-03-02T22:59:00Z');
    expect(bench.platform.links.verify(INVOICE_LINK, token)).to.deep.equal(opened);
    bench.clock.set('2027-03-05T00:00:00Z');
    expect(() => bench.platform.links.verify(INVOICE_LINK, token)).to.throw();
    bench.clock.set('2026-03-01T10:00:00Z');
  });

  it('when it is a receipt or a credit note, then the mail calls it so', async () => {
    const receipt = await told({ kind: 'RECEIPT', number: 'AR-2026-000001' });
    expect(receipt.subject).to.equal('[AR-2026-000001] Your receipt: €122.00');
    expect(receipt.text).to.not.include('Please pay');
    const note = await told({
      kind: 'CREDIT_NOTE',
      number: 'A-2026-000002',
      credits: { invoiceId: randomUUID(), number: 'A-2026-000001' },
    });
    expect(note.subject).to.equal('[A-2026-000002] Your credit note: €122.00');
    expect(note.text).to.include('our credit note for A-2026-000001');
  });

  it('when the person reads Italian, then the mail is Italian', async () => {
    const customerId = randomUUID();
    const person = await bench.knowUser({ role: 'CUSTOMER_ADMIN', customerId, name: 'Carla Verdi', locale: 'it' });
    const invoice = buildInvoice({ customerId, contactUserId: person.id, ticketId: randomUUID(), subjectNumber: 'TKT-2026-001' });
    await bench.publish(InvoiceIssued, { invoice, at: '2026-03-02T10:00:00.000Z' }, { subject: invoice.id });
    await bench.deliver();
    const mail = bench.smtp.mails.find(({ to }) => to.includes(person.email))?.mail;
    expect(mail?.subject).to.include('La tua fattura');
    expect(mail?.text).to.include('ecco la nostra fattura per il ticket TKT-2026-001');
    // Whoever can sign in reads it there.
    expect(mail?.text).to.include(`https://support.test/invoices/${invoice.id}`).and.include('nella tua area personale');
  });
});
