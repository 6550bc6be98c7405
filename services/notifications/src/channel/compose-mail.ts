import { cut } from '@riparo/shared/text/cut';
import type { SendMailOptions } from 'nodemailer';
import type { Attachment, Message } from './channel.js';
import { unsubscribeHeaders, withUnsubscribeLink } from './unsubscribe-mail.js';

export const domainOf = (from: string): string => /@([A-Za-z0-9.-]+)/.exec(from)?.[1] ?? 'localhost';

/** Names come from people: a control character or an angle bracket must not reach a header. */
const displayName = (name: string | undefined): string => cut((name ?? '').replace(/[\p{Cc}<>"]/gu, ' ').trim(), 100);

/** In Base64, so that no server on the way ends its lines another way. */
const attached = ({ fileName, contentType, content }: Attachment) => ({
  filename: fileName,
  contentType,
  content,
  contentTransferEncoding: 'base64' as const,
});

/**
 * The mail for one recipient. Its Message-ID is the same on every try, so that a mail sent twice (a crash between
 * handing over and writing it down) can be told by mail programs and by people who look into it.
 */
export const composeMail = (from: string, message: Message): SendMailOptions => ({
  from,
  to: { name: displayName(message.name), address: message.address },
  ...(message.replyTo === undefined ? {} : { replyTo: message.replyTo }),
  subject: message.subject,
  ...withUnsubscribeLink(message),
  ...(message.attachment === undefined ? {} : { attachments: [attached(message.attachment)] }),
  date: message.at,
  messageId: `<${message.notificationId}.${message.recipientKey}@${domainOf(from)}>`,
  // Out-of-office replies to automatic mail help nobody (RFC 3834).
  headers: { 'Auto-Submitted': 'auto-generated', ...unsubscribeHeaders(message) },
  disableFileAccess: true,
  disableUrlAccess: true,
});
