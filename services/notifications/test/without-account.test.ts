import { randomUUID } from 'node:crypto';
import { PaymentRejected } from '@riparo/shared/contracts/incoming-payments.events';
import { ServicePlanExpiring } from '@riparo/shared/contracts/assets.events';
import { PAYMENT_LINK } from '@riparo/shared/contracts/links';
import { RepairReady } from '@riparo/shared/contracts/repairs.events';
import { TicketClosed, TicketReplied, TicketResolved } from '@riparo/shared/contracts/tickets.events';
import { buildPublishedRepair } from '@riparo/shared/testing/published-repair';
import { expect } from 'chai';
import { buildTicket, knowCustomer, startBench, type Bench } from './bench.js';

const at = '2026-03-05T10:00:00.000Z';
const STATUS_PAGE = 'https://support.test/repair-status?';
const PORTAL = /https:\/\/support\.test\/(?:tickets|repairs|invoices|payments|service-plans)\//;

describe('mails to somebody without an account', () => {
  let bench: Bench;
  before(async () => {
    bench = await startBench({ now: '2026-03-01T10:00:00Z' });
  });
  after(() => bench.stop());

  const walkIn = async () => {
    const [customerId, address] = [randomUUID(), `${randomUUID()}@walk-in.test`];
    await knowCustomer(bench, customerId, address);
    return { customerId, address };
  };
  const mailTo = async (address: string): Promise<string> => {
    await bench.deliver();
    const [mail, ...more] = bench.smtp.mails.filter(({ to }) => to.includes(address)).map(({ mail: each }) => each);
    expect(more).to.deep.equal([]);
    return mail?.text ?? '';
  };

  it('when a transfer was not found, then the mail leads to the page on which the repair is paid', async () => {
    const { customerId, address } = await walkIn();
    const payment = {
      ...{ id: randomUUID(), repairId: randomUUID(), repairNumber: 'REP-2026-000001', customerId, status: 'REJECTED' as const },
      ...{ method: 'BANK_TRANSFER' as const, amount: { amount: 4_990, currency: 'EUR' } },
    };
    await bench.publish(PaymentRejected, { payment, at }, { subject: payment.id });
    const text = await mailTo(address);
    expect(text).not.to.match(PORTAL);
    const [, token = ''] = /https:\/\/support\.test\/pay\/(\S+)/.exec(text) ?? [];
    expect(bench.platform.links.verify(PAYMENT_LINK, token)).to.deep.equal({ tenantId: 'default', subjectId: payment.repairId });
  });

  it('when whoever opened the ticket for them closes it, then they are told, and can rate it', async () => {
    const { customerId, address } = await walkIn();
    const agent = await bench.knowUser({ role: 'AGENT' });
    const ticket = buildTicket({ customerId, createdByUserId: agent.id, source: 'PHONE', status: 'CLOSED', closedAt: at });
    const closed = { ticket, from: 'RESOLVED' as const, to: 'CLOSED' as const, actorUserId: agent.id };
    await bench.publish(TicketClosed, closed, { subject: ticket.id });
    expect(await mailTo(address)).to.match(/https:\/\/support\.test\/rate\/\S+/);
  });

  it('when a repair belongs to somebody who can no longer sign in, then the mail leads to the public page', async () => {
    const { customerId, address } = await walkIn();
    const gone = await bench.knowUser({ role: 'CUSTOMER_USER', customerId, status: 'DISABLED' });
    const repair = buildPublishedRepair({ customerId, contactUserId: gone.id, status: 'READY_FOR_PICKUP' });
    await bench.publish(RepairReady, { repair, at }, { subject: repair.id });
    expect(await mailTo(address))
      .to.include(STATUS_PAGE)
      .and.not.match(PORTAL);
  });

  it('when a repair has no person and the customer has an account, then the mail leads to the portal', async () => {
    const { customerId } = await walkIn();
    const holder = await bench.knowUser({ role: 'CUSTOMER_ADMIN', customerId });
    const repair = buildPublishedRepair({ customerId, status: 'READY_FOR_PICKUP' });
    await bench.publish(RepairReady, { repair, at }, { subject: repair.id });
    expect(await mailTo(holder.email)).to.include(`https://support.test/repairs/${repair.id}`);
  });

  it('when a ticket is answered or resolved, then the mail says how to answer', async () => {
    for (const contract of [TicketReplied, TicketResolved] as const) {
      const { customerId, address } = await walkIn();
      const staff = await bench.knowUser({ role: 'AGENT' });
      const ticket = buildTicket({ customerId, createdByUserId: staff.id, resolution: 'New cable' });
      const said = {
        ticket,
        at,
        byCustomer: false,
        body: 'It is done.',
        activityId: randomUUID(),
        from: 'OPEN' as const,
        to: 'RESOLVED' as const,
      };
      await bench.publish(contract as typeof TicketReplied, said, { subject: ticket.id });
      expect(await mailTo(address))
        .to.match(/please get in touch with us/)
        .and.not.match(PORTAL);
    }
  });

  it('when a service plan ends, then there is no button', async () => {
    const { customerId, address } = await walkIn();
    const servicePlan = {
      id: randomUUID(),
      customerId,
      name: 'Office care',
      planType: 'BASIC',
      coverageLevel: 'REMOTE_ONLY',
      startDate: '2026-01-01',
      endDate: '2026-12-31',
      status: 'ACTIVE',
    } as const;
    await bench.publish(ServicePlanExpiring, { servicePlan, daysLeft: 30 }, { subject: servicePlan.id });
    expect(await mailTo(address))
      .to.include('Office care')
      .and.not.match(PORTAL);
  });
});
