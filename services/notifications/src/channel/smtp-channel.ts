import { createTransport, type NodemailerError } from 'nodemailer';
import { composeMail } from './compose-mail.js';
import { AddressRefusedError, PermanentDeliveryError, type ChannelPort } from './channel.js';

export interface SmtpOptions {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (port 465); otherwise STARTTLS when the server offers it. */
  readonly secure: boolean;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly from: string;
  readonly maxConnections: number;
  /** For each step of the conversation. */
  readonly timeoutMs: number;
}

/** A server that answers a byte now and then keeps every single step alive: the whole hand-over has a limit too, in ms. */
export const longestHandOverMs = (timeoutMs: number): number => timeoutMs * 4;

/** A refused sign-in (EAUTH) is our fault and may be mended; only a refused recipient or message is final. */
const isPermanent = (error: NodemailerError): boolean => {
  if (error.code !== 'EENVELOPE' && error.code !== 'EMESSAGE') return false;
  return error.responseCode === undefined || error.permanent === true;
};

/** Of the recipient: 550 for one who is not there. 5.7 is a policy, which says something of the sender. */
const isAboutAddress = ({ command, responseCode, response = '' }: NodemailerError): boolean =>
  command === 'RCPT TO' && responseCode !== undefined && responseCode >= 500 && !/^\d{3}[ -]5\.7\./.test(response);

/** Mail over SMTP, several connections kept open. */
export const createSmtpChannel = (options: SmtpOptions): ChannelPort => {
  const { host, port, secure, user, password, from, maxConnections, timeoutMs } = options;
  const transport = createTransport({
    pool: true,
    host,
    port,
    secure,
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
    maxConnections,
    // A message whose connection broke may have arrived: whether to send it again is decided and counted by the delivery.
    maxRequeues: 0,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
  });
  return {
    send: async (message) => {
      try {
        await transport.sendMail({ ...composeMail(from, message), signal: AbortSignal.timeout(longestHandOverMs(timeoutMs)) });
      } catch (error) {
        const failure = error as NodemailerError;
        if (isPermanent(failure) && isAboutAddress(failure)) throw new AddressRefusedError(failure.message, { cause: failure });
        if (isPermanent(failure)) throw new PermanentDeliveryError(failure.message, { cause: failure });
        throw failure;
      }
    },
    close: async () => {
      transport.close({ force: true });
    },
  };
};
