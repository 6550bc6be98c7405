import type { InboundMail } from './inbound-mail.js';

/** In lists: without the text. */
export const inboundMailSummary = (mail: InboundMail) => ({
  id: mail.id,
  version: mail.version,
  status: mail.status,
  kind: mail.kind,
  reason: mail.reason,
  from: mail.fromAddress === undefined ? undefined : { address: mail.fromAddress, name: mail.fromName },
  subject: mail.mailSubject,
  about: mail.about,
  authorUserId: mail.authorUserId,
  byteCount: mail.byteCount,
  fileCount: mail.files?.length,
  sentAt: mail.sentAt,
  handledByUserId: mail.handledByUserId,
  handledAt: mail.handledAt,
  createdAt: mail.createdAt,
  updatedAt: mail.updatedAt,
});

export const inboundMailView = (mail: InboundMail) => ({
  ...inboundMailSummary(mail),
  text: mail.text,
  shownText: mail.shownText,
  files: mail.files ?? [],
});
