import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { startBench, type Bench } from './bench.js';

describe('POST /notifications', () => {
  let bench: Bench;
  before(async () => {
    bench = await startBench();
  });
  after(() => bench.stop());

  const token = () => bench.tokenFor({ role: 'TECH' });
  const mail = { channel: 'EMAIL', recipients: ['a@example.test'], subject: 'Hello', body: 'Your device is here.' };

  it('when staff raises a mail, then 202 with id and status and everyone listed gets it', async () => {
    const [one, two] = [`${randomUUID()}@example.test`, `${randomUUID()}@example.test`];
    const raised = await bench.api.post('/notifications', { ...mail, recipients: [one, two] }, { token: token() });
    expect(raised.status).to.equal(202);
    expect(raised.body.data).to.have.property('status', 'PENDING');
    expect(Object.keys(raised.body.data)).to.have.members(['id', 'status']);
    const [first] = await bench.smtp.mailsTo(one);
    await bench.smtp.mailsTo(two);
    expect(first?.mail.subject).to.equal('Hello');
    expect(first?.mail.text).to.contain('Your device is here.');
    expect(first?.mail.html).to.contain('Your device is here.');
  });

  it('when nobody is signed in, then 401', async () => {
    expect((await bench.api.post('/notifications', mail)).status).to.equal(401);
  });

  it('when a customer raises one, then 403', async () => {
    const answer = await bench.api.post('/notifications', mail, { token: bench.tokenFor({ role: 'CUSTOMER_ADMIN' }) });
    expect(answer.status).to.equal(403);
    expect(answer.body.code).to.equal('FORBIDDEN');
  });

  it('when the body is wrong in several places, then 422 with every fault', async () => {
    const wrong = { channel: 'PIGEON', recipients: [], subject: 'a\r\nBcc: x@example.test', extra: 1 };
    const answer = await bench.api.post('/notifications', wrong, { token: token() });
    expect(answer.status).to.equal(422);
    expect(answer.body.errors.map(({ path }) => path)).to.include.members(['channel', 'recipients', 'extra', 'subject']);
  });

  it('when a recipient cannot be reached on the channel, then 422 names it', async () => {
    const body = { channel: 'EMAIL', recipients: ['a@example.test', 'not an address', { $ne: null }], subject: 'x', body: 'y' };
    const answer = await bench.api.post('/notifications', body, { token: token() });
    expect(answer.status).to.equal(422);
    expect(answer.body.errors.map(({ path }) => path)).to.have.members(['recipients.1', 'recipients.2']);
  });

  it('when the inbox is the channel, then an e-mail address is not a recipient', async () => {
    const answer = await bench.api.post(
      '/notifications',
      { channel: 'IN_APP', recipients: ['a@example.test'], body: 'y' },
      { token: token() },
    );
    expect(answer.status).to.equal(422);
  });

  it('when both template and body are given, then 422', async () => {
    const answer = await bench.api.post('/notifications', { ...mail, template: 'ticket-closed' }, { token: token() });
    expect(answer.status).to.equal(422);
  });

  it('when the same Idempotency-Key comes twice, then one notification', async () => {
    const [who, key] = [token(), randomUUID()];
    const send = () => bench.api.post('/notifications', mail, { token: who, headers: { 'Idempotency-Key': key } });
    const [first, second] = [await send(), await send()];
    expect(second.body.data.id).to.equal(first.body.data.id);
  });

  it('when the same person uses a dedupeKey again, then it is the first notification', async () => {
    const who = token();
    const send = (bearer: string) => bench.api.post('/notifications', { ...mail, dedupeKey: 'weekly' }, { token: bearer });
    const [first, again, other] = [await send(who), await send(who), await send(token())];
    expect(again.status).to.equal(202);
    expect(again.body.data.id).to.equal(first.body.data.id);
    expect(other.body.data.id).not.to.equal(first.body.data.id);
  });

  it('when somebody is named by id and by address, then one mail', async () => {
    const user = await bench.knowUser();
    await bench.api.post('/notifications', { ...mail, recipients: [user.id, user.email.toUpperCase()] }, { token: token() });
    await bench.deliver();
    expect(bench.smtp.mails.filter(({ to }) => to.some((address) => address.toLowerCase() === user.email))).to.have.length(1);
  });

  it('when the same address is listed twice, then one mail', async () => {
    const address = `${randomUUID()}@example.test`;
    await bench.api.post('/notifications', { ...mail, recipients: [address, address.toUpperCase()] }, { token: token() });
    await bench.deliver();
    expect(bench.smtp.mails.filter(({ to }) => to.includes(address))).to.have.length(1);
  });

  it('when sendAt is later, then nothing is sent before', async () => {
    const address = `${randomUUID()}@example.test`;
    const sendAt = new Date(bench.clock.now().getTime() + 3_600_000).toISOString();
    await bench.api.post('/notifications', { ...mail, recipients: [address], sendAt }, { token: token() });
    await bench.deliver();
    expect(bench.smtp.mails.filter(({ to }) => to.includes(address))).to.have.length(0);
    bench.clock.advance(3_600_000);
    await bench.deliver();
    expect(bench.smtp.mails.filter(({ to }) => to.includes(address))).to.have.length(1);
  });

  it('when the channel is SMS and there is no provider, then FAILED with the reason', async () => {
    const raised = await bench.api.post(
      '/notifications',
      { channel: 'SMS', recipients: ['+39 333 1234567'], body: 'Ready' },
      { token: token() },
    );
    await bench.deliver();
    const { body } = await bench.api.get(`/notifications/${raised.body.data.id}`, { token: bench.tokenFor({ role: 'ADMIN' }) });
    expect(body.data).to.include({ status: 'FAILED', lastError: 'No provider for text messages (SMS) is set up.' });
  });
});
