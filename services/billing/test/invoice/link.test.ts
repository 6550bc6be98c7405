import { hash, randomUUID } from 'node:crypto';
import { INVOICE_LINK, invoicePdfPath, PAYMENT_LINK, QUOTE_LINK } from '@riparo/shared/contracts/links';
import { expect } from 'chai';
import { buildDone, startTill, type InvoiceView, type Till } from './till.js';

const DAY_MS = 86_400_000;

describe('the link of a document', () => {
  let till: Till;
  let invoice: InvoiceView;
  before(async () => {
    till = await startTill();
    invoice = await till.issue({ repairId: (await till.tell(buildDone({ customerId: till.rosa.caller.customerId ?? '' }))).id });
  });
  after(() => till.stop());

  const soon = () => new Date(till.clock.now().getTime() + DAY_MS);
  const linkTo = (subjectId: string, tenantId = 'default') => till.platform.links.sign(INVOICE_LINK, { tenantId, subjectId }, soon());
  const look = (token: string) => till.api.get<InvoiceView>(`/public/invoices/${token}`);

  it('when the link is opened, then the sums are shown and nothing about people', async () => {
    const { status, body, text } = await look(linkTo(invoice.id));
    expect(status, text).to.equal(200);
    expect(body.data).to.deep.include({
      number: invoice.number,
      kind: 'RECEIPT',
      status: 'ISSUED',
      total: invoice.total,
      left: invoice.left,
    });
    expect(body.data.company).to.deep.equal({ name: 'Officina Verdi', email: 'desk@example.test', phone: '+39 059 123456' });
    for (const secret of ['Bianchi', 'rosa@', invoice.id, 'customerId', till.agent.caller.userId]) expect(text).not.to.include(secret);
  });

  it('when the PDF is fetched by the link, then it is the one of the document', async () => {
    const response = await fetch(`${till.url}${invoicePdfPath(linkTo(invoice.id))}`);
    expect([response.status, response.headers.get('content-type')]).to.deep.equal([200, 'application/pdf']);
    const { documentHash } = await till.read(invoice.id);
    expect(hash('sha256', Buffer.from(await response.arrayBuffer()))).to.equal(documentHash);
  });

  it('when the link is forged, late, foreign or for something else, then there is nothing behind it', async () => {
    const { links } = till.platform;
    const grant = { tenantId: 'default', subjectId: invoice.id };
    for (const token of [
      'nonsense',
      `${linkTo(invoice.id).slice(0, -2)}AA`,
      links.sign(INVOICE_LINK, grant, new Date(till.clock.now().getTime() - 1_000)),
      links.sign(QUOTE_LINK, grant, soon()),
      links.sign(PAYMENT_LINK, grant, soon()),
      linkTo(invoice.id, 'other'),
      linkTo(randomUUID()),
    ]) {
      for (const { status, body } of [await look(token), await till.api.get(`/public/invoices/${token}/invoice.pdf`)])
        expect([status, body.code]).to.deep.equal([422, 'LINK_NOT_VALID']);
    }
  });
});
