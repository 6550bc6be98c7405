import { buildMail, buildMultipart, text } from './build-mail.js';

export interface Bounced {
  readonly address: string;
  /** Of the mail that came back. */
  readonly messageId: string;
}

const REPORT = 'multipart/report; report-type=delivery-status';
const DAEMON = 'Mail Delivery System <MAILER-DAEMON@mx.customer.test>';

const dsn = ({ address, messageId }: Bounced, status: string, action = 'failed'): Buffer =>
  buildMultipart(
    [
      text(`This is the mail system. Your message could not be delivered to ${address}.`),
      {
        contentType: 'message/delivery-status',
        content: `Reporting-MTA: dns; mx.customer.test\n\nFinal-Recipient: rfc822; ${address}\nAction: ${action}\nStatus: ${status}\nDiagnostic-Code: smtp; 550 ${status} no such user\n`,
      },
      {
        contentType: 'text/rfc822-headers',
        content: `From: desk@riparo.test\nTo: ${address}\nMessage-ID: <${messageId}>\nSubject: Your ticket\n`,
      },
    ],
    {
      from: DAEMON,
      subject: 'Undelivered Mail Returned to Sender',
      contentType: REPORT,
      headers: ['Return-Path: <>', 'Auto-Submitted: auto-replied'],
    },
  );

/** Bounces of five makes; each says for good that nobody has the address. */
export const BOUNCES: Readonly<Record<string, (bounced: Bounced) => Buffer>> = {
  'a delivery status (Postfix)': (bounced) => dsn(bounced, '5.1.1'),
  'a delivery status with a full mailbox (Exchange)': (bounced) => dsn(bounced, '5.2.2'),
  'plain text with X-Failed-Recipients (Exim)': ({ address, messageId }) =>
    buildMail({
      from: 'Mail Delivery System <Mailer-Daemon@mx.customer.test>',
      subject: 'Mail delivery failed: returning message to sender',
      headers: [`X-Failed-Recipients: ${address}`, 'Auto-Submitted: auto-replied'],
      body: `A message that you sent could not be delivered.\n\n  ${address}\n    550 5.1.1 Unknown user\n\n------ This is a copy of your message. ------\n\nMessage-ID: <${messageId}>\nSubject: Your ticket\n`,
    }),
  'a failure notice (qmail)': ({ address, messageId }) =>
    buildMail({
      from: 'MAILER-DAEMON@mx.customer.test',
      subject: 'failure notice',
      headers: ['Return-Path: <>'],
      body: `Hi. This is the qmail-send program.\nI'm afraid I wasn't able to deliver your message. This is a permanent error; I've given up.\n\n<${address}>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\nMessage-ID: <${messageId}>\n`,
    }),
  'a notice in German': ({ address, messageId }) =>
    buildMail({
      from: 'postmaster@mx.customer.test',
      subject: 'Unzustellbar: Ihr Ticket',
      headers: [`In-Reply-To: <${messageId}>`],
      body: `Ihre Nachricht an ${address} konnte nicht zugestellt werden.\n\n550 5.1.10 RESOLVER.ADR.RecipientNotFound\n`,
    }),
};

/** Not for good: the server goes on trying. */
export const DELAYED = (bounced: Bounced): Buffer => dsn(bounced, '4.4.1', 'delayed');
