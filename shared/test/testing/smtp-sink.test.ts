import { expect } from 'chai';
import { createConnection } from 'node:net';
import { createInterface } from 'node:readline';
import { startSmtpSink, type SmtpSink } from '../../src/testing/smtp-sink.js';

/** Speaks SMTP by hand, one mail; answers the last reply code. */
const send = async (port: number, to: string, onContent: () => void = () => undefined): Promise<string> => {
  const socket = createConnection({ port, host: '127.0.0.1' });
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  const reply = async (): Promise<string> => {
    for (;;) {
      const { value, done } = (await lines.next()) as IteratorResult<string, undefined>;
      if (done === true) return 'closed';
      if (/^\d{3} /.test(value)) return value.slice(0, 3);
    }
  };
  let code = await reply();
  for (const command of ['HELO test', 'MAIL FROM:<shop@example.test>', `RCPT TO:<${to}>`, 'DATA', 'Subject: Hello\r\n\r\nText\r\n.']) {
    socket.write(`${command}\r\n`, () => {
      if (command.startsWith('Subject')) onContent();
    });
    code = await reply();
    if (!/^[23]/.test(code)) break;
  }
  socket.destroy();
  return code;
};

describe('the SMTP server of the tests', () => {
  let sink: SmtpSink;
  beforeEach(async () => {
    sink = await startSmtpSink();
  });
  afterEach(() => sink.stop());

  it('when a mail is sent, then it keeps it', async () => {
    expect(await send(sink.port, 'anna@example.test')).to.equal('250');
    const [caught] = await sink.mailsTo('anna@example.test');
    expect(caught).to.deep.include({ from: 'shop@example.test', to: ['anna@example.test'] });
    expect(caught?.mail.subject).to.equal('Hello');
  });

  it('when told to refuse mails or one recipient, then it does, and takes them again afterwards', async () => {
    sink.behave({ kind: 'refuse', code: 451 });
    expect(await send(sink.port, 'anna@example.test')).to.equal('451');
    sink.behave({ kind: 'refuse', code: 550, recipient: 'ben@example.test' });
    expect(await send(sink.port, 'ben@example.test')).to.equal('550');
    expect(await send(sink.port, 'anna@example.test')).to.equal('250');
    sink.behave({ kind: 'accept' });
    expect(await send(sink.port, 'ben@example.test')).to.equal('250');
    expect(sink.mails).to.have.lengthOf(2);
  });

  it('when told to hang, then it does, and can be stopped all the same', async () => {
    sink.behave({ kind: 'hang' });
    let sent: (() => void) | undefined;
    const content = new Promise<void>((resolve) => {
      sent = resolve;
    });
    const answer = send(sink.port, 'anna@example.test', () => sent?.());
    await content;
    await sink.stop();
    expect(await answer).to.equal('421');
    expect(sink.mails).to.deep.equal([]);
    sink = await startSmtpSink();
  });
});
