import { RegistrationApproved, RegistrationRejected } from '@riparo/shared/contracts/auth.events';
import { expect } from 'chai';
import { buildUser, knowCompany, startBench, type Bench } from './notifications.setup.js';

describe('registration events', () => {
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
});
