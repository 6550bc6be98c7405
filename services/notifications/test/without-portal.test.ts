import { randomUUID } from 'node:crypto';
import { RepairReady } from '@riparo/shared/contracts/repairs.events';
import { TicketResolved } from '@riparo/shared/contracts/tickets.events';
import { buildPublishedRepair } from '@riparo/shared/testing/published-repair';
import { expect } from 'chai';
import { buildTicket, startBench, type Bench } from './bench.js';

const at = '2026-03-05T10:00:00.000Z';

describe('mails to customers with an account where there is no portal', () => {
  let bench: Bench;
  before(async () => {
    bench = await startBench({ now: '2026-03-01T10:00:00Z', config: { PORTAL_URL: undefined } });
  });
  after(() => bench.stop());

  const holder = async () => {
    const customerId = randomUUID();
    return { customerId, user: await bench.knowUser({ role: 'CUSTOMER_ADMIN', customerId, emailVerified: true }) };
  };
  const textTo = async (address: string): Promise<string> => {
    await bench.deliver();
    return bench.smtp.mails
      .filter(({ to }) => to.includes(address))
      .map(({ mail }) => mail.text ?? '')
      .join('\n');
  };
  const inboxLinks = async (caller: { readonly id: string; readonly customerId?: string | undefined }) => {
    const token = bench.tokenFor({ userId: caller.id, role: 'CUSTOMER_ADMIN', customerId: caller.customerId ?? '' });
    const { body } = await bench.api.get<readonly { readonly link?: string }[]>('/me/notifications', { token });
    return body.data.map(({ link }) => link);
  };

  it('when a repair is ready, then the mail leads to its status page, and the inbox to its place in an app', async () => {
    const { customerId, user } = await holder();
    const repair = buildPublishedRepair({ customerId, contactUserId: user.id, status: 'READY_FOR_PICKUP' });
    await bench.publish(RepairReady, { repair, at }, { subject: repair.id });
    expect(await textTo(user.email))
      .to.include('https://support.test/repair-status?')
      .and.not.include(`/repairs/${repair.id}`);
    expect(await inboxLinks(user)).to.deep.equal([`https://support.test/repairs/${repair.id}`]);
  });

  it('when a ticket is resolved, then the mail has no link, and says how to answer', async () => {
    const { customerId, user } = await holder();
    const ticket = buildTicket({ customerId, createdByUserId: user.id, status: 'RESOLVED' });
    await bench.publish(TicketResolved, { ticket, from: 'IN_PROGRESS', to: 'RESOLVED' }, { subject: ticket.id });
    expect(await textTo(user.email))
      .to.include('get in touch with us')
      .and.not.include('/tickets/');
  });
});
