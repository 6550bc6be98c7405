import { bytes, fields, one, pageOf } from '@riparo/shared/http/reference/answer';
import { oneOf, text } from '@riparo/shared/http/reference/answer-fields';
import { operations, type Tag } from '@riparo/shared/http/route';
import { inboundMailAnswer, inboundMailDetailsAnswer, keptMailAnswer } from './inbound-mail.answer.js';
import { INBOUND_MAIL_STATUSES } from './inbound-mail.js';

const INBOUND_MAIL: Tag = { name: 'Inbound mail', about: 'Mails that came in: what became of them, and those that wait for a decision.' };

const DECIDED = ['INBOUND_MAIL_SETTLED', 'INBOUND_MAIL_BUSY'];

export const INBOUND_MAIL_OPERATIONS = operations(
  INBOUND_MAIL,
  {
    receiveMail: {
      answer: one(keptMailAnswer),
      problems: { 401: ['UNAUTHENTICATED'], 404: ['INBOUND_MAIL_NOT_FOUND'], 413: ['PAYLOAD_TOO_LARGE'], 422: ['VALIDATION_FAILED'] },
      unversioned: true,
    },
    listInboundMail: { answer: pageOf(inboundMailAnswer) },
    getInboundMail: { answer: one(inboundMailDetailsAnswer) },
    getRawInboundMail: { answer: bytes(['message/rfc822']) },
    attachInboundMail: {
      answer: one(inboundMailDetailsAnswer),
      problems: { 404: ['TICKET_NOT_FOUND'], 409: [...DECIDED, 'INBOUND_MAIL_REFUSED'] },
      unversioned: true,
    },
    openTicketFromInboundMail: {
      answer: one(inboundMailDetailsAnswer),
      problems: { 404: ['CUSTOMER_NOT_FOUND'], 409: [...DECIDED, 'INBOUND_MAIL_REFUSED'] },
      unversioned: true,
    },
    discardInboundMail: { answer: one(inboundMailDetailsAnswer), problems: { 409: DECIDED }, unversioned: true },
  },
  {
    INBOUND_MAIL_SETTLED: fields({ currentStatus: oneOf(INBOUND_MAIL_STATUSES) }),
    INBOUND_MAIL_REFUSED: fields({ reason: text() }),
  },
);
