import { fields, listOf, view } from '@riparo/shared/http/reference/answer';
import { count, id, moment, oneOf, text, version } from '@riparo/shared/http/reference/answer-fields';
import { INBOUND_MAIL_KINDS, INBOUND_MAIL_STATUSES, SUBJECT_KINDS } from './inbound-mail.js';

export const keptMailAnswer = view('KeptMail', 'A mail that is stored for good.', {
  id: id().description('With a mail that came before, that of the earlier one.'),
  status: oneOf(INBOUND_MAIL_STATUSES),
});

const inboundMailFields = {
  id: id(),
  version: version(),
  status: oneOf(INBOUND_MAIL_STATUSES).description(
    'RECEIVED: not gone through yet. QUARANTINED and REFUSED wait for somebody to decide. IGNORED: no person wrote it, see `kind`.',
  ),
  kind: oneOf(INBOUND_MAIL_KINDS).optional().description('Missing while RECEIVED.'),
  reason: text().optional().description('Code of why it has its status, such as UNKNOWN_SENDER.'),
  from: fields({ address: text(), name: text().optional() }).optional().description('As the mail says: easily forged.'),
  subject: text().optional(),
  about: fields({ kind: oneOf(SUBJECT_KINDS), id: id().optional(), number: text().optional() })
    .optional()
    .description('The ticket or repair that it went to, or that it names.'),
  authorUserId: id().optional().description('Who counts as its author.'),
  byteCount: count(),
  fileCount: count().optional(),
  sentAt: moment().optional().description('As the mail says.'),
  handledByUserId: id().optional().description('Who decided what becomes of it.'),
  handledAt: moment().optional(),
  createdAt: moment().description('When it came.'),
  updatedAt: moment(),
};

export const inboundMailAnswer = view('InboundMail', 'A mail that came in, and what became of it.', inboundMailFields);

const mailFile = view('InboundMailFile', 'A file that came with a mail.', {
  name: text(),
  contentType: text().description('As the mail says.'),
  byteCount: count(),
  refusal: text().optional().description('Code of why it is at no ticket.'),
});

export const inboundMailDetailsAnswer = view('InboundMailDetails', 'A mail that came in, with its text.', {
  ...inboundMailFields,
  text: text().optional().description('Whole, with what it quotes.'),
  shownText: text().optional().description('Without quoted history and signature: what a ticket shows.'),
  files: listOf(mailFile),
});
