import { randomUUID } from 'node:crypto';
import { ServicePlanExpiring } from '@riparo/shared/contracts/assets.events';
import { RegistrationApproved, RegistrationRejected } from '@riparo/shared/contracts/auth.events';
import { expect } from 'chai';
import { buildUser, knowCompany, startBench, type Bench } from './bench.js';

describe('registration and plan events', () => {
  let bench: Bench;
  before(async () => {
    bench = await startBench();
    await knowCompany(bench);
  });
  after(() => bench.stop());

  it('when a registration is approved, then the person is told', async () => {
    const user = buildUser();
    await bench.publish(RegistrationApproved, { user }, { subject: user.id });
    const [caught] = await bench.smtp.mailsTo(user.email);
    expect(caught?.mail.subject).to.equal('Your registration was approved');
    expect(caught?.mail.text).to.contain('Officina Riparo');
  });

  it('when it is rejected, then the person is told why, although they have switched everything off', async () => {
    const user = buildUser({ status: 'REJECTED' });
    const off = { email: false, sms: false, inApp: false };
    const token = bench.tokenFor({ role: 'ENGINEER', userId: user.id });
    await bench.api.put(
      '/me/notification-preferences',
      { categories: { TICKETS: off, REPLIES: off, ASSIGNMENTS: off, MESSAGES: off } },
      { token },
    );
    await bench.publish(RegistrationRejected, { user, reason: 'We could not verify the certificate.' }, { subject: user.id });
    const [caught] = await bench.smtp.mailsTo(user.email);
    expect(caught?.mail.text).to.contain('We could not verify the certificate.');
  });

  it('when a service plan ends soon, then the account holders are told, and nobody else', async () => {
    const customerId = randomUUID();
    const holder = await bench.knowUser({ role: 'CUSTOMER_ADMIN', customerId });
    const italian = await bench.knowUser({ role: 'CUSTOMER_ADMIN', customerId, locale: 'it' });
    const other = await bench.knowUser({ role: 'CUSTOMER_USER', customerId });
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
    const [caught] = await bench.smtp.mailsTo(holder.email);
    expect(caught?.mail.subject).to.match(/^Your service plan Office care ends on Thursday,? 31 December 2026$/);
    const [toItalian] = await bench.smtp.mailsTo(italian.email);
    expect(toItalian?.mail.subject).to.equal('Il tuo piano Office care scade giovedì 31 dicembre 2026');
    expect(toItalian?.mail.text).to.contain('fino a giovedì 31 dicembre 2026.');
    expect(bench.smtp.mails.filter(({ to }) => to.includes(other.email))).to.have.length(0);
  });
});
