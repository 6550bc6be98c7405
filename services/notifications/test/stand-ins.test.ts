import { CustomerCreated, UserUpdated, type PublishedUser } from '@riparo/shared/contracts/auth.events';
import { RepairCompleted, RepairReady } from '@riparo/shared/contracts/repairs.events';
import { TicketClosed, TicketReplied, TicketResolved, TicketSlaBreached } from '@riparo/shared/contracts/tickets.events';
import { buildPublishedRepair } from '@riparo/shared/testing/published-repair';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { buildTicket, knowCustomer, startBench, type Bench } from './bench.js';

const AT = '2026-03-02T09:00:00.000Z';
const OUT_OF_USE = ['DISABLED', 'REJECTED'] as const;

describe('who is told in place of somebody who cannot act any more', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench();
  });
  afterEach(() => bench.stop());

  const change = (user: PublishedUser, part: Partial<PublishedUser>): Promise<void> =>
    bench.publish(UserUpdated, { user: { ...user, ...part } }, { subject: user.id, version: 2 });
  /** How many mails have gone to an address. */
  const mailed = async (address: string): Promise<number> => {
    await bench.deliver();
    return bench.smtp.mails.filter(({ to }) => to.includes(address)).length;
  };

  /** A customer whose ticket and repair were opened by somebody that the account holder had invited. */
  const scene = async () => {
    const customerId = randomUUID();
    const address = `office-${customerId}@example.test`;
    await knowCustomer(bench, customerId, address);
    const holder = await bench.knowUser({ role: 'CUSTOMER_ADMIN', customerId });
    const invited = await bench.knowUser({ role: 'CUSTOMER_USER', customerId });
    const ticket = buildTicket({ customerId, createdByUserId: invited.id });
    const repair = buildPublishedRepair({ customerId, createdByUserId: invited.id, contactUserId: invited.id, source: 'PORTAL' });
    return { address, holder, invited, ticket, repair };
  };
  type Scene = Awaited<ReturnType<typeof scene>>;

  /** What staff do for the customer, each of which the customer is told of. */
  const occasions: Readonly<Record<string, (it: Scene, version: number) => Promise<void>>> = {
    'a reply': ({ ticket }, version) => {
      const data = { ticket, at: AT, activityId: randomUUID(), body: 'Done', byCustomer: false, actorUserId: randomUUID() };
      return bench.publish(TicketReplied, data, { subject: ticket.id, version });
    },
    'a resolution': ({ ticket }, version) =>
      bench.publish(
        TicketResolved,
        { ticket: { ...ticket, status: 'RESOLVED', resolution: 'Cleaned' }, at: AT, from: 'IN_PROGRESS', to: 'RESOLVED' },
        { subject: ticket.id, version },
      ),
    'a closing': ({ ticket }, version) =>
      bench.publish(
        TicketClosed,
        { ticket: { ...ticket, status: 'CLOSED', closedAt: AT }, at: AT, from: 'RESOLVED', to: 'CLOSED' },
        { subject: ticket.id, version },
      ),
    'a completed repair': ({ repair }, version) => bench.publish(RepairCompleted, { repair, at: AT }, { subject: repair.id, version }),
    'a repair that is ready': ({ repair }, version) => bench.publish(RepairReady, { repair, at: AT }, { subject: repair.id, version }),
  };

  for (const [occasion, happen] of Object.entries(occasions))
    for (const status of OUT_OF_USE)
      it(`when ${occasion} is for somebody ${status}, then the account holder is told, else the contact address`, async () => {
        const it = await scene();
        await change(it.invited, { status });
        await happen(it, 1);
        expect([await mailed(it.invited.email), await mailed(it.holder.email), await mailed(it.address)]).to.deep.equal([0, 1, 0]);
        await change(it.holder, { status });
        await happen(it, 2);
        expect([await mailed(it.invited.email), await mailed(it.holder.email), await mailed(it.address)]).to.deep.equal([0, 1, 1]);
      });

  it('when the assignee is disabled, then the desk is told of the reply and of the breach', async () => {
    const agent = await bench.knowUser({ role: 'AGENT' });
    const technician = await bench.knowUser({ role: 'TECH' });
    const ticket = buildTicket({ assignedToUserId: technician.id });
    await bench.publish(
      CustomerCreated,
      { customer: { id: ticket.customerId, type: 'BUSINESS', name: 'Studio', contactEmail: 'a@b.test', status: 'ACTIVE' } },
      { subject: ticket.customerId },
    );
    const happen = async (version: number): Promise<void> => {
      const reply = {
        ticket,
        at: AT,
        activityId: randomUUID(),
        body: 'Still broken',
        byCustomer: true,
        actorUserId: ticket.createdByUserId,
      };
      await bench.publish(TicketReplied, reply, { subject: ticket.id, version });
      await bench.publish(TicketSlaBreached, { ticket, clock: 'RESOLUTION', at: AT }, { subject: ticket.id, version: version + 1 });
    };
    await happen(1);
    expect([await mailed(technician.email), await mailed(agent.email)]).to.deep.equal([2, 0]);
    await change(technician, { status: 'DISABLED' });
    await happen(3);
    expect([await mailed(technician.email), await mailed(agent.email)]).to.deep.equal([2, 2]);
  });
});
