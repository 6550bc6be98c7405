import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { eventually } from './eventually.js';

/** A received mail with the addresses of its envelope. */
export interface CaughtMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly mail: ParsedMail;
}

/** What the server does with further recipients and mails. */
export type SmtpBehaviour =
  | { readonly kind: 'accept' }
  /** Refuses for good (5xx) or for now (4xx); with `recipient`, only that recipient. */
  | { readonly kind: 'refuse'; readonly code: number; readonly message?: string; readonly recipient?: string }
  /** Takes the mail and never answers. */
  | { readonly kind: 'hang' };

export interface SmtpSink {
  readonly port: number;
  readonly mails: readonly CaughtMail[];
  behave(behaviour: SmtpBehaviour): void;
  /** Resolves to the mails to this address as soon as there are `count` of them. */
  mailsTo(address: string, count?: number): Promise<readonly CaughtMail[]>;
  stop(): Promise<void>;
}

const refusal = (code: number, message = 'refused by the test'): Error => Object.assign(new Error(message), { responseCode: code });

const addressOf = (value: SMTPServerSession['envelope']['mailFrom']): string => (value === false ? '' : value.address);

/** A real SMTP server on a free port of 127.0.0.1. It keeps the mails that it receives. */
export const startSmtpSink = async (): Promise<SmtpSink> => {
  const mails: CaughtMail[] = [];
  let behaviour: SmtpBehaviour = { kind: 'accept' };

  const receive = async (stream: SMTPServerDataStream, { envelope }: SMTPServerSession): Promise<void> => {
    const mail = await simpleParser(stream);
    if (behaviour.kind === 'hang') await new Promise(() => undefined);
    if (behaviour.kind === 'refuse' && behaviour.recipient === undefined) throw refusal(behaviour.code, behaviour.message);
    mails.push({ from: addressOf(envelope.mailFrom), to: envelope.rcptTo.map(({ address }) => address), mail });
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    // Connections that hang on purpose are cut when the test is over.
    closeTimeout: 100,
    onRcptTo: ({ address }, _session, callback) => {
      const refused = behaviour.kind === 'refuse' && behaviour.recipient === address;
      callback(refused && behaviour.kind === 'refuse' ? refusal(behaviour.code, behaviour.message) : null);
    },
    onData: (stream, session, callback) => {
      receive(stream, session).then(() => callback(null), callback);
    },
  });
  // A client that gives up on a hanging server resets the connection. Tests with `hang` want exactly that.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    behave: (next) => {
      behaviour = next;
    },
    mailsTo: (address, count = 1) =>
      eventually(() => {
        const found = mails.filter(({ to }) => to.includes(address));
        return found.length >= count && found;
      }),
    stop: () => new Promise<void>((resolve) => server.close(resolve)),
  };
};
