import { expect } from 'chai';
import { startBench } from '../bench.js';
import { buildMail } from './corpus/build-mail.js';
import { openMailRoom, TOKEN, type MailRoom } from './mail-room.js';

describe('the door for mail', () => {
  let room: MailRoom;
  beforeEach(async () => {
    room = await openMailRoom();
  });
  afterEach(() => room.stop());

  it('when the token is wrong or missing, then 401 and nothing is kept', async () => {
    expect((await room.post(buildMail(), 'another-token')).status).to.equal(401);
    const bare = await room.bench.api.request('POST', '/inbound-mail', new Uint8Array(buildMail()));
    expect(bare.status).to.equal(401);
    const { body } = await room.bench.api.get<readonly unknown[]>('/inbound-mail', { token: room.agentToken() });
    expect(body.data).to.deep.equal([]);
  });

  it('when no token is set, then there is no such door', async () => {
    const bench = await startBench();
    try {
      const headers = { authorization: `Bearer ${TOKEN}` };
      expect((await bench.api.request('POST', '/inbound-mail', new Uint8Array(buildMail()), { headers })).status).to.equal(404);
    } finally {
      await bench.stop();
    }
  });

  it('when a mail is empty or over 25 MB, then it is refused', async () => {
    expect((await room.post(Buffer.alloc(0))).status).to.equal(422);
    expect((await room.post(Buffer.alloc(25 * 1024 * 1024 + 1, 97))).status).to.equal(413);
  });

  it('when the same mail comes twice, then it is kept and answered once', async () => {
    const raw = buildMail({ messageId: 'once@customer.test' });
    const first = await room.deliver(raw);
    const again = await room.post(raw);
    expect(again.body.data).to.deep.equal({ id: first.id, status: 'TICKET_OPENED' });
    const without = Buffer.from('From: rosa@customer.test\r\nSubject: x\r\n\r\nno id');
    expect((await room.deliver(without)).id).to.equal((await room.deliver(without)).id);
    expect(room.tickets.openings).to.have.length(2);
  });

  it('when the tickets service is away, then the mail waits and is tried again', async () => {
    room.tickets.state.away = true;
    const waiting = await room.deliver(buildMail());
    expect(waiting.status).to.equal('RECEIVED');
    room.tickets.state.away = false;
    await room.bench.service.readMails();
    expect((await room.read(waiting.id)).status).to.equal('RECEIVED');
    room.bench.clock.advance(11_000);
    await room.bench.service.readMails();
    expect((await room.read(waiting.id)).status).to.equal('TICKET_OPENED');
  });

  it('when the process dies after a mail was handed over, then the next run opens no second ticket', async () => {
    room.tickets.state.dieAfterTaking = true;
    const { id } = await room.deliver(buildMail());
    expect(room.tickets.openings).to.have.length(1);
    room.tickets.state.dieAfterTaking = false;
    room.bench.clock.advance(11_000);
    await room.bench.service.readMails();
    expect((await room.read(id)).status).to.equal('TICKET_OPENED');
    expect(room.tickets.openings).to.have.length(1);
  });

  it('when the process dies between the message and its record, then the sweep finds the message', async () => {
    const { platform } = room.bench;
    const { createRawMails, createInboundMails } = await import('../../src/inbound-mail/inbound-mail.repository.js');
    const { createSweepRawMails } = await import('../../src/inbound-mail/keep-mail.js');
    const [rawMails, inboundMails] = [createRawMails(platform), createInboundMails(platform)];
    const id = platform.ids.next();
    await rawMails.put({ tenantId: 'default', fileId: id }, { raw: { bytes: buildMail(), contentType: 'message/rfc822' } });
    room.bench.clock.advance(11 * 60_000);
    await createSweepRawMails({ rawMails, inboundMails, ids: platform.ids, clock: platform.clock })();
    await room.bench.service.readMails();
    expect((await room.read(id)).status).to.equal('TICKET_OPENED');
  });
});
