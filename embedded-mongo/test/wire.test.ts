import { expect } from 'chai';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { deserialize, type Document, serialize } from 'bson';
import { crc32c } from '../src/wire/message.js';
import { finished } from './finished.js';
import { describeEmbedded, withServer } from './test-server.js';

function header(length: number, requestId: number, opCode: number): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.writeInt32LE(length, 0);
  bytes.writeInt32LE(requestId, 4);
  bytes.writeInt32LE(opCode, 12);
  return bytes;
}

function frame(requestId: number, opCode: number, payload: Buffer): Buffer {
  return Buffer.concat([header(16 + payload.length, requestId, opCode), payload]);
}

function message(requestId: number, command: Document, flags = 0, sections: Buffer[] = []): Buffer {
  const bits = Buffer.alloc(4);
  bits.writeUInt32LE(flags, 0);
  return frame(requestId, 2013, Buffer.concat([bits, Buffer.from([0]), serialize(command), ...sections]));
}

function sequence(name: string, documents: Document[]): Buffer {
  const body = Buffer.concat([Buffer.from(`${name}\0`), ...documents.map((document) => serialize(document))]);
  const size = Buffer.alloc(5);
  size[0] = 1;
  size.writeInt32LE(body.length + 4, 1);
  return Buffer.concat([size, body]);
}

/** The message with its checksum, as a client sends that asks for one. */
function checked(bytes: Buffer): Buffer {
  const whole = Buffer.concat([bytes, Buffer.alloc(4)]);
  whole.writeInt32LE(whole.length, 0);
  whole.writeUInt32LE(whole.readUInt32LE(16) | 1, 16);
  whole.writeUInt32LE(finished(crc32c(whole.subarray(0, -4))), whole.length - 4);
  return whole;
}

class RawClient {
  private received = Buffer.alloc(0);
  readonly closed: Promise<unknown>;
  private wake = (): void => undefined;

  constructor(readonly socket: Socket) {
    this.closed = once(socket, 'close');
    socket.on('error', () => undefined);
    socket.on('data', (bytes: Buffer) => {
      this.received = Buffer.concat([this.received, bytes]);
      this.wake();
    });
  }

  /** The next reply: to which request, with which operation code, and its document. */
  async reply(): Promise<{ to: number; opCode: number; document: Document }> {
    while (this.received.length < 4 || this.received.length < this.received.readInt32LE(0))
      await new Promise<void>((resolve) => (this.wake = resolve));
    const bytes = this.received.subarray(0, this.received.readInt32LE(0));
    this.received = this.received.subarray(bytes.length);
    const opCode = bytes.readInt32LE(12);
    return { to: bytes.readInt32LE(8), opCode, document: deserialize(bytes.subarray(opCode === 1 ? 36 : 21)) };
  }
}

describeEmbedded('the wire protocol', () => {
  const server = withServer();
  const clients: Socket[] = [];
  const open = async (): Promise<RawClient> => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    clients.push(socket);
    await once(socket, 'connect');
    return new RawClient(socket);
  };
  after(() => clients.forEach((socket) => socket.destroy()));
  const ping = { ping: 1, $db: 'admin' };

  it('takes a message in single bytes', async () => {
    const client = await open();
    for (const byte of message(7, ping)) client.socket.write(Buffer.from([byte]));
    expect(await client.reply()).to.deep.include({ to: 7, document: { ok: 1 } });
  });

  it('answers pipelined requests in their order, also when they come in one piece', async () => {
    const client = await open();
    const insert = { insert: 'pipelined', documents: [{ _id: 1 }], $db: 'test' };
    client.socket.write(Buffer.concat([message(1, insert), message(2, { count: 'pipelined', $db: 'test' }), message(3, ping)]));
    const replies = [await client.reply(), await client.reply(), await client.reply()];
    expect(replies.map(({ to }) => to)).to.deep.equal([1, 2, 3]);
    expect(replies[1]?.document).to.include({ n: 1 });
  });

  it('reads document sequences', async () => {
    const client = await open();
    client.socket.write(message(1, { insert: 'sequences', $db: 'test' }, 0, [sequence('documents', [{ a: 1 }, { a: 2 }])]));
    expect((await client.reply()).document).to.include({ ok: 1, n: 2 });
  });

  it('checks a checksum if there is one', async () => {
    const good = await open();
    good.socket.write(checked(message(1, ping)));
    expect((await good.reply()).document).to.include({ ok: 1 });
    const bad = await open();
    const bytes = checked(message(1, ping));
    bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
    bad.socket.write(bytes);
    await bad.closed;
  });

  it('does not answer a message that says more is to come', async () => {
    const client = await open();
    client.socket.write(
      Buffer.concat([
        message(1, { insert: 'silent', documents: [{ a: 1 }], $db: 'test' }, 2),
        message(2, { count: 'silent', $db: 'test' }),
      ]),
    );
    expect(await client.reply()).to.deep.include({ to: 2, document: { n: 1, ok: 1 } });
  });

  it('answers the legacy hello in its own form', async () => {
    const client = await open();
    const numbers = Buffer.alloc(8);
    numbers.writeInt32LE(-1, 4);
    client.socket.write(
      frame(5, 2004, Buffer.concat([Buffer.alloc(4), Buffer.from('admin.$cmd\0'), numbers, serialize({ isMaster: 1, helloOk: true })])),
    );
    const { to, opCode, document } = await client.reply();
    expect({ to, opCode }).to.deep.equal({ to: 5, opCode: 1 });
    expect(document).to.include({ ismaster: true, helloOk: true, ok: 1 }).and.not.have.property('setName');
  });

  const broken: [string, Buffer][] = [
    ['a length of nothing', header(0, 1, 2013)],
    ['a negative length', header(-5, 1, 2013)],
    ['a length beyond the limit', header(0x7fffffff, 1, 2013)],
    ['an unknown operation', frame(1, 9999, Buffer.alloc(8))],
    ['an unknown required flag', message(1, ping, 4)],
    ['a message without a body', frame(1, 2013, Buffer.alloc(4))],
    ['a section that runs past the message', frame(1, 2013, Buffer.from([0, 0, 0, 0, 0, 0xff, 0, 0, 0, 0]))],
    ['an unknown section', frame(1, 2013, Buffer.from([0, 0, 0, 0, 9, 5, 0, 0, 0, 0]))],
    ['random bytes', Buffer.from('GET / HTTP/1.1\r\nHost: example.com\r\n\r\n')],
  ];
  for (const [what, bytes] of broken) {
    it(`closes the connection on ${what} and goes on with the others`, async () => {
      const other = await open();
      const client = await open();
      client.socket.write(bytes);
      await client.closed;
      other.socket.write(message(2, ping));
      expect((await other.reply()).document).to.include({ ok: 1 });
    });
  }

  const bad = Buffer.from(serialize({ a: 'text' }));
  bad.writeInt32LE(99, 7);
  const answered: [string, Buffer, number][] = [
    ['an unknown command', message(1, { foo: 1, $db: 'test' }), 59],
    ['a command without a database', message(1, { ping: 1 }), 40571],
    ['a body that is no BSON', frame(1, 2013, Buffer.concat([Buffer.alloc(5), bad])), 22],
    [
      'a document in a sequence that is no BSON',
      message(1, { insert: 'x', $db: 'test', ordered: true }, 0, [
        Buffer.concat([Buffer.from([1, 4 + 10 + bad.length, 0, 0, 0]), Buffer.from('documents\0'), bad]),
      ]),
      22,
    ],
    ['an unknown field', message(1, { find: 'x', foo: 1, $db: 'test' }), 40415],
    ['a bad database name', message(1, { find: 'x', $db: 'a b' }), 73],
    ['a transaction', message(1, { find: 'x', $db: 'test', txnNumber: 1, startTransaction: true, autocommit: false }), 20],
  ];
  for (const [what, bytes, code] of answered) {
    it(`answers ${what} with ${code} and keeps the connection`, async () => {
      const client = await open();
      client.socket.write(bytes);
      const { document } = await client.reply();
      const errors = document.writeErrors as Document[] | undefined;
      expect((errors?.[0] ?? document).code).to.equal(code);
      client.socket.write(message(2, ping));
      expect((await client.reply()).document).to.include({ ok: 1 });
    });
  }

  it('outlives clients that leave in the middle of a message', async () => {
    for (let n = 1; n < 30; n += 7) {
      const client = await open();
      client.socket.write(message(1, ping).subarray(0, n));
      client.socket.destroy();
      await client.closed;
    }
    expect(await server.db.command({ ping: 1 })).to.include({ ok: 1 });
  });
});
