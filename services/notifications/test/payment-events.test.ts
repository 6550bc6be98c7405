import {
  PaymentRejected,
  PaymentToVerify,
  PaymentVerified,
  type IncomingPaymentEventV1,
  type PublishedIncomingPayment,
} from '@riparo/shared/contracts/incoming-payments.events';
import type { EventContract } from '@riparo/shared/contracts/event';
import { RepairRefunded } from '@riparo/shared/contracts/repair-money.events';
import { buildPublishedRepair } from '@riparo/shared/testing/published-repair';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { knowCustomer, startBench, type Bench } from './bench.js';

const at = '2026-03-05T10:00:00.000Z';
const euros = (amount: number) => ({ amount, currency: 'EUR' });

describe('payment events', () => {
  let bench: Bench;
  before(async () => {
    bench = await startBench({ now: '2026-03-01T10:00:00Z' });
  });
  after(() => bench.stop());

  const mailsTo = async (address: string) => {
    await bench.deliver();
    return bench.smtp.mails.filter(({ to }) => to.includes(address)).map(({ mail }) => mail);
  };

  const customer = async () => {
    const [customerId, address] = [randomUUID(), `${randomUUID()}@walk-in.test`];
    await knowCustomer(bench, customerId, address);
    return { customerId, address };
  };

  const publish = async (contract: EventContract<IncomingPaymentEventV1>, part: Partial<PublishedIncomingPayment> = {}) => {
    const { customerId, address } = await customer();
    const payment: PublishedIncomingPayment = {
      id: randomUUID(),
      repairId: randomUUID(),
      repairNumber: 'REP-2026-000001',
      customerId,
      method: 'BANK_TRANSFER',
      amount: euros(4_990),
      reference: 'TRN 4711',
      status: 'TO_VERIFY',
      ...part,
    };
    await bench.publish(contract, { payment, at }, { subject: payment.id });
    return { payment, address };
  };

  it('when a transfer is announced, then the desk is told, and the customer gets no mail', async () => {
    const agent = await bench.knowUser({ name: 'Grace Bianchi', role: 'AGENT' });
    const { address } = await publish(PaymentToVerify);
    const [mail] = await mailsTo(agent.email);
    expect(mail?.subject).to.equal('[REP-2026-000001] Payment to check: €49.90');
    expect(mail?.text).to.contain('TRN 4711').and.contain('bank transfer');
    expect(await mailsTo(address)).to.deep.equal([]);
  });

  it('when a transfer was not found, then the customer reads why', async () => {
    const { address } = await publish(PaymentRejected, { status: 'REJECTED', reason: 'Nothing of this name came.' });
    const [mail, ...more] = await mailsTo(address);
    expect(more).to.deep.equal([]);
    expect(mail?.subject).to.equal('[REP-2026-000001] We could not find your payment of €49.90');
    expect(mail?.text).to.contain('Nothing of this name came.');
  });

  it('when online money goes back, then the mail does not say that it was not found', async () => {
    const { address } = await publish(PaymentRejected, { method: 'ONLINE', status: 'REJECTED', reason: 'It was paid twice.' });
    expect((await mailsTo(address))[0]?.subject).to.equal('[REP-2026-000001] Your payment of €49.90 is on its way back');
  });

  it('when it is verified, then the repair tells, and this event does not', async () => {
    const { address } = await publish(PaymentVerified, { status: 'VERIFIED' });
    expect(await mailsTo(address)).to.deep.equal([]);
  });

  it('when money is given back over the counter, then the customer gets a mail with amount and reason', async () => {
    const { customerId, address } = await customer();
    const repair = buildPublishedRepair({ customerId, amountDue: euros(3_000), amountPaid: euros(3_000), amountLeft: euros(0) });
    const refund = {
      id: randomUUID(),
      method: 'CASH' as const,
      amount: euros(1_990),
      kind: 'REDUCTION' as const,
      reason: 'The battery failed.',
    };
    await bench.publish(RepairRefunded, { repair, refund, at }, { subject: repair.id });
    const [mail] = await mailsTo(address);
    expect(mail?.subject).to.equal('[REP-2026-000001] Refund: €19.90');
    expect(mail?.text).to.contain('The battery failed.').and.contain('cash');
  });
});
