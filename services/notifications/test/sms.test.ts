import { randomUUID } from 'node:crypto';
import { CustomerCreated } from '@riparo/shared/contracts/auth.events';
import { RepairReady } from '@riparo/shared/contracts/repairs.events';
import { TicketOpened } from '@riparo/shared/contracts/tickets.events';
import { buildPublishedRepair } from '@riparo/shared/testing/published-repair';
import {
  signTwilioCall,
  startTwilioServer,
  TWILIO_ACCOUNT_SID,
  TWILIO_AUTH_TOKEN,
  type TwilioServer,
} from '@riparo/shared/testing/twilio-server';
import { expect } from 'chai';
import { loadNotificationsConfig } from '../src/config.js';
import { twilioSettings } from '../src/sms/twilio.js';
import { buildTicket, knowCompany, startBench, type Bench } from './bench.js';

const PUBLIC_URL = 'https://support.test';
const INBOUND = '/api/v1/sms/twilio/inbound';
const PHONE = '+39 333 123 4567';
const NUMBER = '+393331234567';

interface Detail {
  readonly id: string;
  readonly channel: string;
  readonly status: string;
  readonly nextAttemptAt?: string;
  readonly lastError?: string;
  readonly recipients: readonly { readonly status: string; readonly report?: string; readonly lastError?: string }[];
}

describe('text messages', () => {
  let bench: Bench;
  let twilio: TwilioServer;
  beforeEach(async () => {
    twilio = await startTwilioServer();
    const config = { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_FROM: '+390591234567', TWILIO_API_URL: twilio.url };
    bench = await startBench({ now: '2026-03-02T10:00:00Z', config });
    await knowCompany(bench);
  });
  afterEach(async () => {
    await bench.stop();
    await twilio.stop();
  });

  const customer = (part: object = { phone: PHONE }) => bench.knowUser({ role: 'CUSTOMER_ADMIN', customerId: randomUUID(), ...part });
  const ready = async (customerId: string): Promise<void> => {
    const repair = buildPublishedRepair({ customerId, status: 'READY_FOR_PICKUP' });
    await bench.publish(RepairReady, { repair, at: '2026-03-02T10:00:00.000Z' }, { subject: repair.id });
    await bench.deliver();
  };
  const admin = () => ({ token: bench.tokenFor({ role: 'ADMIN' }) });
  const sent = async (): Promise<Detail> => {
    const { data } = (await bench.api.get<Detail[]>('/notifications?channel=SMS', admin())).body;
    return (await bench.api.get<Detail>(`/notifications/${data[0]!.id}`, admin())).body.data;
  };
  const call = (path: string, form: Readonly<Record<string, string>>, signature = signTwilioCall(`${PUBLIC_URL}${path}`, form)) =>
    bench.api.request('POST', path, new URLSearchParams(form).toString(), {
      root: true,
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature },
    });
  const answer = (body: string, from = NUMBER) => call(INBOUND, { From: from, Body: body, MessageSid: randomUUID() });
  const report = (status: string, more: Readonly<Record<string, string>> = {}) =>
    call(twilio.messages[0]!.statusCallback.slice(PUBLIC_URL.length), { MessageSid: 'SM1', MessageStatus: status, ...more });

  it('when a device is ready, then the customer gets a mail and a short text message, once', async () => {
    const { customerId } = await customer();
    await ready(customerId!);
    await bench.deliver();
    const [sms, ...more] = twilio.messages;
    expect(more).to.deep.equal([]);
    expect(sms).to.include({ to: NUMBER, from: '+390591234567' });
    expect(sms?.body).to.match(/^Officina Riparo: your .+ \(REP-2026-000001\) is ready for pickup\./);
    expect(bench.smtp.mails).to.have.length(1);
  });

  it('when it is of another kind, or there is no number, then no text message', async () => {
    const user = await customer();
    const ticket = buildTicket({ customerId: user.customerId!, createdByUserId: user.id });
    await bench.publish(TicketOpened, { ticket, at: ticket.createdAt }, { subject: ticket.id });
    await bench.deliver();
    await ready((await customer({})).customerId!);
    expect(twilio.messages).to.deep.equal([]);
    expect((await sent()).status).to.equal('CANCELLED');
    expect(bench.smtp.mails).to.have.length(2);
  });

  it('when somebody has no account, then it goes to the number that the customer left', async () => {
    const id = randomUUID();
    const known = { id, type: 'INDIVIDUAL', name: 'Rosa', contactEmail: '', contactPhone: '0039 333 1234567', status: 'ACTIVE' } as const;
    await bench.publish(CustomerCreated, { customer: known }, { subject: id });
    await ready(id);
    expect(twilio.messages.map(({ to }) => to)).to.deep.equal([NUMBER]);
  });

  it('when the provider refuses for good, then it fails at once; what may pass is tried again', async () => {
    const { customerId } = await customer();
    twilio.faults.push({ status: 400, code: 21_614 });
    await ready(customerId!);
    expect((await sent()).recipients[0]).to.deep.include({ status: 'FAILED', lastError: '21614: refused by the test' });
    bench.clock.advance(1_000);
    twilio.faults.push({ status: 429, code: 20_429 }, { status: 503, code: 20_503 }, { status: 401, code: 20_003 });
    await ready(customerId!);
    for (let round = 0; round < 3; round++) {
      const { status, nextAttemptAt } = await sent();
      expect(status).to.equal('PENDING');
      bench.clock.set(nextAttemptAt!);
      await bench.deliver();
    }
    expect((await sent()).status).to.equal('SENT');
    expect(twilio.messages).to.have.length(1);
  });

  it('when a number has no country, then it fails with that reason and nobody is asked', async () => {
    const body = { channel: 'SMS', recipients: ['059 123456'], body: 'Hello' };
    await bench.api.post('/notifications', body, { token: bench.tokenFor({ role: 'AGENT' }) });
    await bench.deliver();
    expect((await sent()).lastError).to.contain('country code');
    expect(twilio.messages).to.deep.equal([]);
  });

  it('when the provider tells that it arrived or not, then it is shown; the first end counts', async () => {
    const { customerId } = await customer();
    await ready(customerId!);
    expect((await report('sent')).status).to.equal(204);
    expect((await sent()).recipients[0]).not.to.have.property('report');
    await report('undelivered', { ErrorCode: '30003' });
    await report('delivered');
    const detail = await sent();
    expect(detail.status).to.equal('FAILED');
    expect(detail.recipients[0]).to.include({ status: 'FAILED', report: 'UNDELIVERED' });
    expect(detail.recipients[0]?.lastError).to.contain('30003');
    expect((await bench.api.post(`/notifications/${detail.id}/retry`, undefined, admin())).status).to.equal(202);
    await bench.deliver();
    expect(twilio.messages).to.have.length(2);
    await report('delivered');
    expect((await sent()).recipients[0]).to.include({ status: 'SENT', report: 'DELIVERED' });
  });

  it('when somebody answers STOP, then nothing more comes, it is shown, and START brings it back', async () => {
    const user = await customer();
    const token = bench.tokenFor({ role: 'CUSTOMER_ADMIN', userId: user.id });
    const shown = async () => (await bench.api.get('/me/notification-preferences', { token })).body.data;
    expect(await shown()).not.to.have.property('smsStopped');
    await answer('Thank you, stop by any time');
    await ready(user.customerId!);
    expect(twilio.messages).to.have.length(1);
    for (const word of [' Stop. ', 'BASTA']) {
      expect((await answer(word)).status).to.equal(204);
      expect(await shown()).to.include({ smsStopped: true });
      bench.clock.advance(1_000);
      await ready(user.customerId!);
      expect(twilio.messages).to.have.length(1);
      expect((await sent()).lastError).to.equal('the number has answered STOP');
      await answer('riprendi');
      expect(await shown()).not.to.have.property('smsStopped');
    }
    await ready(user.customerId!);
    expect(twilio.messages).to.have.length(2);
  });

  it('when the provider says that the number has stopped, then nothing more is asked of it until START', async () => {
    const user = await customer();
    twilio.faults.push({ status: 400, code: 21_610 });
    await ready(user.customerId!);
    bench.clock.advance(1_000);
    await ready(user.customerId!);
    expect((await sent()).lastError).to.equal('the number has answered STOP');
    expect(twilio.messages).to.deep.equal([]);
    await answer('START');
    bench.clock.advance(1_000);
    await ready(user.customerId!);
    expect(twilio.messages).to.have.length(1);
    const stopped = { ErrorCode: '21610', To: NUMBER };
    await report('undelivered', stopped);
    const token = bench.tokenFor({ role: 'CUSTOMER_ADMIN', userId: user.id });
    const shown = async () => (await bench.api.get('/me/notification-preferences', { token })).body.data;
    expect(await shown()).to.include({ smsStopped: true });
    await answer('START');
    await report('undelivered', stopped);
    expect(await shown()).not.to.have.property('smsStopped');
  });

  it('when the call of an earlier answer comes again, then the later answer stays', async () => {
    const user = await customer();
    const token = bench.tokenFor({ role: 'CUSTOMER_ADMIN', userId: user.id });
    const isStopped = async () => (await bench.api.get('/me/notification-preferences', { token })).body.data.smsStopped === true;
    const form = (Body: string) => ({ From: NUMBER, Body, MessageSid: randomUUID() });
    const [stop, start, again] = [form('STOP'), form('START'), form('STOP')];
    await call(INBOUND, stop);
    await call(INBOUND, start);
    expect((await call(INBOUND, stop)).status).to.equal(204);
    expect(await isStopped()).to.equal(false);
    await Promise.all([call(INBOUND, again), call(INBOUND, stop), call(INBOUND, again)]);
    await call(INBOUND, start);
    expect(await isStopped()).to.equal(true);
  });

  it('when a call is not signed, by another, or about something else, then 400 and nothing changes', async () => {
    const user = await customer();
    await ready(user.customerId!);
    const form = { From: NUMBER, Body: 'STOP' };
    const foreign = signTwilioCall('https://elsewhere.test/api/v1/sms/twilio/inbound', form);
    for (const signature of ['', 'x', foreign, signTwilioCall(`${PUBLIC_URL}${INBOUND}`, { ...form, Body: 'START' })]) {
      const refused = await call(INBOUND, form, signature);
      expect(refused.status).to.equal(400);
      expect(refused.body.code).to.equal('SIGNATURE_NOT_VALID');
    }
    const path = twilio.messages[0]!.statusCallback.slice(PUBLIC_URL.length);
    const other = path.replace(/notificationId=[^&]+/, `notificationId=${randomUUID()}`);
    const told = { MessageStatus: 'failed' };
    expect((await call(other, told, signTwilioCall(`${PUBLIC_URL}${path}`, told))).status).to.equal(400);
    expect((await sent()).status).to.equal('SENT');
    await ready(user.customerId!);
    expect(twilio.messages).to.have.length(2);
  });
});

describe('text messages without a provider', () => {
  it('when nothing is set, then none is made of events; when half is set, then the service does not start', async () => {
    const bench = await startBench();
    try {
      const { customerId } = await bench.knowUser({ role: 'CUSTOMER_ADMIN', customerId: randomUUID(), phone: PHONE });
      const repair = buildPublishedRepair({ customerId: customerId!, status: 'READY_FOR_PICKUP' });
      await bench.publish(RepairReady, { repair, at: '2026-03-02T10:00:00.000Z' }, { subject: repair.id });
      expect(await bench.platform.connection.collection('notifications').countDocuments({ channel: 'SMS' })).to.equal(0);
      expect((await bench.api.request('POST', INBOUND, 'Body=STOP', { root: true })).status).to.equal(400);
    } finally {
      await bench.stop();
    }
    const half = loadNotificationsConfig({ TWILIO_ACCOUNT_SID });
    expect(() => twilioSettings(half)).to.throw('TWILIO_AUTH_TOKEN');
  });
});
