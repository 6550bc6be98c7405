import { createServer, type AddressInfo, type Socket } from 'node:net';

export interface ImapServer {
  readonly port: number;
  readonly seen: ReadonlySet<number>;
  /** A mail comes: whoever idles is told. */
  receive(raw: Buffer): void;
  stop(): Promise<void>;
}

/** A mailbox that speaks as much IMAP (RFC 3501, RFC 2177) as a client needs that reads mails and marks them as seen. */
export const startImapServer = async ({ idles = true }: { readonly idles?: boolean } = {}): Promise<ImapServer> => {
  const mails: Buffer[] = [];
  const seen = new Set<number>();
  const sockets = new Set<Socket>();
  const idling = new Map<Socket, string>();
  const capability = `CAPABILITY IMAP4rev1${idles ? ' IDLE' : ''}`;
  const unseen = (): readonly number[] => mails.map((_, index) => index + 1).filter((uid) => !seen.has(uid));

  const answer = (socket: Socket, tag: string, command: string, rest: string): void => {
    const say = (line: string): void => void socket.write(`${line}\r\n`);
    const ok = (text = 'done'): void => say(`${tag} OK ${text}`);
    switch (command) {
      case 'CAPABILITY':
        say(`* ${capability}`);
        {
          ok();
          return;
        }
      case 'SELECT':
        say('* FLAGS (\\Seen)');
        say(`* ${mails.length} EXISTS`);
        say('* OK [UIDVALIDITY 1] ok');
        say(`* OK [UIDNEXT ${mails.length + 1}] ok`);
        {
          ok('[READ-WRITE] selected');
          return;
        }
      case 'IDLE':
        idling.set(socket, tag);
        {
          say('+ idling');
          return;
        }
      case 'UID SEARCH':
        say(`* SEARCH ${unseen().join(' ')}`.trim());
        {
          ok();
          return;
        }
      case 'UID FETCH': {
        const uid = Number(/\d+/.exec(rest)?.[0]);
        const raw = mails[uid - 1] ?? Buffer.alloc(0);
        socket.write(`* ${uid} FETCH (UID ${uid} BODY[]${/BODY\.PEEK\[\](<0)/.test(rest) ? '<0>' : ''} {${raw.length}}\r\n`);
        socket.write(raw);
        say(')');
        ok();
        return;
      }
      case 'UID STORE':
        seen.add(Number(/\d+/.exec(rest)?.[0]));
        {
          ok();
          return;
        }
      case 'LIST':
      case 'LSUB':
        say(`* ${command} (\\HasNoChildren) "/" INBOX`);
        {
          ok();
          return;
        }
      default: {
        ok();
        return;
      }
    }
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    socket.write(`* OK [${capability}] ready\r\n`);
    let rest = '';
    socket.on('data', (chunk) => {
      rest += chunk.toString('latin1');
      for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        const tag = idling.get(socket);
        if (/^DONE$/i.test(line) && tag !== undefined) {
          idling.delete(socket);
          socket.write(`${tag} OK done\r\n`);
          continue;
        }
        const [, id = '', command = '', tail = ''] = /^(\S+) ((?:UID )?\S+) ?(.*)$/i.exec(line) ?? [];
        answer(socket, id, command.toUpperCase(), tail);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    seen,
    receive: (raw) => {
      mails.push(raw);
      for (const socket of idling.keys()) socket.write(`* ${mails.length} EXISTS\r\n`);
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
