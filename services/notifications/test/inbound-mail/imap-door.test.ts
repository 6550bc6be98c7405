import { eventually } from '@riparo/shared/testing/eventually';
import { expect } from 'chai';
import { buildMail } from './corpus/build-mail.js';
import { startImapServer, type ImapServer } from './imap-server.js';
import { openMailRoom, type Mail, type MailRoom } from './mail-room.js';

describe('the mailbox', () => {
  let server: ImapServer;
  let room: MailRoom;
  const open = async (idles: boolean): Promise<void> => {
    server = await startImapServer({ idles });
    server.receive(buildMail({ subject: 'Was there' }));
    const config = { IMAP_HOST: '127.0.0.1', IMAP_PORT: server.port, IMAP_TLS: false, IMAP_USER: 'support', IMAP_PASSWORD: 'secret' };
    room = await openMailRoom({ config: { ...config, IMAP_POLL_SECONDS: idles ? 1_000 : 0.2 } });
  };
  afterEach(async () => {
    await room.stop();
    await server.stop();
  });

  const opened = (): readonly string[] => room.tickets.openings.map(({ title }) => title);

  for (const idles of [true, false]) {
    it(`when a mail comes and the server ${idles ? 'announces it' : 'does not announce it'}, then it is read and marked`, async () => {
      await open(idles);
      await eventually(() => expect(opened()).to.deep.equal(['Was there']));
      await eventually(() => expect([...server.seen]).to.deep.equal([1]));
      server.receive(buildMail({ subject: 'Came later' }));
      await eventually(() => expect(opened()).to.deep.equal(['Was there', 'Came later']));
      await eventually(() => expect([...server.seen]).to.deep.equal([1, 2]));
      const list = await room.bench.api.get<readonly Mail[]>('/inbound-mail', { token: room.agentToken() });
      expect(list.body.data).to.have.length(2);
    });
  }
});
