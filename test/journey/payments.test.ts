import { startStripeServer, STRIPE_SECRET_KEY, type StripeServer } from '@riparo/shared/testing/stripe-server';
import { eventually } from '@riparo/shared/testing/eventually';
import { expect } from 'chai';
import { eachMode } from '../systems/modes.js';
import { charged, comesBackTwice, documentsOf, electronicInvoice, registerCentre } from './documents-and-claims.js';
import { joinAsEngineer } from './journey.js';
import { mailTo } from './mailbox.js';
import type { Person } from './person.js';

interface Money {
  readonly amount: number;
}
interface Repair {
  readonly id: string;
  readonly number: string;
  readonly customerId: string;
  readonly status: string;
  readonly amountLeft: Money;
  readonly amountOverpaid: Money;
  readonly payments: readonly { readonly id: string; readonly method: string; readonly amount: Money }[];
}
interface Payment {
  readonly id: string;
  readonly status: string;
  readonly url: string;
}
interface CashBook {
  readonly totals: readonly { readonly net: Money; readonly payments: number; readonly refunds: number }[];
  readonly byMethod: readonly { readonly method: string; readonly net: Money }[];
}

/** Two of every service; in one process these say nothing. */
const TWO_OF_EACH = Object.fromEntries(
  ['AUTH', 'TICKETS', 'ASSETS', 'NOTIFICATIONS', 'REPORTS', 'BILLING'].map((name) => [`${name}_INSTANCES`, '2']),
);

eachMode('money of repairs, from the deposit to the cash book', (begin) => {
  let stripe: StripeServer;
  beforeEach(async () => {
    stripe = await startStripeServer();
  });
  afterEach(() => stripe.stop());

  it('when it is paid in cash, online and by transfer, then every repair and the cash book agree', async () => {
    const { system, cast } = await begin({ ...TWO_OF_EACH, STRIPE_SECRET_KEY, STRIPE_API_URL: stripe.url });
    const desk: Person = cast.admin;
    const bea = await joinAsEngineer(cast, 'bea@example.com', 'Bea Bench');
    const read = (id: string) => desk.get<Repair>(`/repairs/${id}`);
    await registerCentre(desk);

    const takeIn = async (serialNumber: string, more: object = {}): Promise<Repair> => {
      const device = { category: 'PHONE', brand: 'Fairphone', model: '5', serialNumber };
      const customer = {
        type: 'INDIVIDUAL',
        name: 'Carla',
        surname: 'Bianchi',
        contactPhone: '+39 059 123456',
        contactEmail: 'carla@example.com',
        fiscalCode: 'CNTCHR83T41D969D',
        wantsInvoice: true,
        billingAddress: { line1: 'Via Emilia 12', city: 'Modena', state: 'MO', postalCode: '41121', country: 'IT' },
      };
      const repair = await desk.post<Repair>('/repairs', { device, problemDescription: 'Broken display', customer, ...more });
      await eventually(() => bea.post(`/repairs/${repair.id}/take`, {}).then(() => true));
      return repair;
    };
    const done = async ({ id }: Repair, amount: number): Promise<void> => {
      await bea.post(`/repairs/${id}/complete`, { description: 'New display', amount });
      await desk.post(`/repairs/${id}/ready`, {});
    };
    const collect = ({ id }: Repair) => desk.send<{ code: string }>('POST', `/repairs/${id}/collect`, { collectedBy: 'Carla' });
    const page = async (path: string): Promise<string> => (await fetch(`${cast.url}${path}`)).text();

    // Half in cash while the work goes on, the rest online.
    const first = await takeIn('FP5-1');
    await desk.post(`/repairs/${first.id}/payment`, { method: 'CASH', amount: 5_000 });
    await done(first, 10_000);
    expect((await collect(first)).body.code).to.equal('REPAIR_NOT_PAID');
    const link = await desk.post<{ url: string }>(`/repairs/${first.id}/payment-link`, {});
    const path = new URL(link.url).pathname;
    expect(await page(path))
      .to.include('€50.00')
      .and.include(first.number);
    const form = { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' } } as const;
    const leading = await fetch(`${cast.url}${path}/checkout`, form);
    expect([leading.status, leading.headers.get('refresh')]).to.deep.equal([200, `0; url=${stripe.newest().url}`]);
    stripe.pay(stripe.newest());
    // The system dies before the customer is back: nothing was booked yet, and nothing is lost.
    await system.kill();
    await system.start();
    await eventually(async () => expect(await page(`${path}?from=provider`)).to.include('We have received your payment'));
    expect((await collect(first)).status).to.equal(200);

    // A transfer is announced, not found, announced again and verified.
    const second = await takeIn('FP5-2');
    await done(second, 7_000);
    const announce = (reference: string) =>
      eventually(() => desk.post<Payment>('/payments/announcements', { repairId: second.id, amount: 7_000, reference }));
    const lost = await announce('TRN 1');
    await desk.post(`/payments/${lost.id}/reject`, { reason: 'No transfer of this name has come.' });
    expect((await mailTo(cast.mailbox, 'carla@example.com', /could not find your payment/)).text).to.include('No transfer of this name');
    const found = await announce('TRN 2');
    expect((await desk.get<readonly Payment[]>('/payments?status=TO_VERIFY')).map(({ id }) => id)).to.deep.equal([found.id]);
    expect(await desk.post<Payment>(`/payments/${found.id}/verify`, {})).to.include({ status: 'VERIFIED' });
    expect((await read(second.id)).payments.map(({ id, method }) => [id, method])).to.deep.equal([[found.id, 'BANK_TRANSFER']]);
    expect((await collect(second)).status).to.equal(200);

    // Online money goes back the way it came, cash over the counter.
    const online = (await read(first.id)).payments.find(({ method }) => method === 'ONLINE');
    await desk.post(`/payments/${online?.id ?? ''}/refund`, { amount: 1_500, reason: 'The display has a flaw' });
    await desk.post(`/repairs/${second.id}/refund`, { method: 'CASH', amount: 500, reason: 'It took too long' });
    expect(stripe.refunds.map(({ amount }) => amount)).to.deep.equal([1_500]);

    const repairs = await Promise.all([first, second].map(({ id }) => read(id)));
    for (const { amountLeft, amountOverpaid } of repairs) expect([amountLeft.amount, amountOverpaid.amount]).to.deep.equal([0, 0]);
    const all = repairs.flatMap(({ payments }) => payments);
    const sumOf = (method?: string): number =>
      all.filter((payment) => method === undefined || payment.method === method).reduce((sum, { amount }) => sum + amount.amount, 0);
    await eventually(async () => {
      const { totals, byMethod } = await desk.get<CashBook>('/reports/payments');
      expect(totals[0]).to.deep.include({ net: { amount: sumOf(), currency: 'EUR' }, payments: 3, refunds: 2 });
      for (const { method, net } of byMethod) expect(net.amount, method).to.equal(sumOf(method));
      return true;
    });
    expect(sumOf()).to.equal(15_000);

    // Each hand-over issued an invoice, each refund a credit note; together they are what was paid.
    const documents = [await documentsOf(desk, first.id, 2), await documentsOf(desk, second.id, 2)];
    expect(documents.flat().map(({ kind }) => kind)).to.deep.equal(['INVOICE', 'CREDIT_NOTE', 'INVOICE', 'CREDIT_NOTE']);
    expect(charged(documents.flat())).to.equal(15_000);
    expect(
      documents
        .flat()
        .map(({ number }) => Number(number.slice(-6)))
        .toSorted(),
    ).to.deep.equal([1, 2, 3, 4]);
    const [invoice, creditNote] = await Promise.all((documents[0] ?? []).map((document) => electronicInvoice(desk, document)));
    expect(invoice).to.include('<TipoDocumento>TD01<').and.include('<ImportoTotaleDocumento>100.00<');
    expect(creditNote).to.include('<TipoDocumento>TD04<').and.include('<ImportoTotaleDocumento>15.00<');
    await system.kill();
    await system.start();
    const [kept] = documents[0] ?? [];
    expect(await eventually(() => electronicInvoice(desk, kept as NonNullable<typeof kept>))).to.equal(invoice);
    await comesBackTwice(desk, bea, first.id, (more) => takeIn('FP5-1', more));
  });
});
