import { action, get, type Route } from '@riparo/shared/http/route';
import { attachInboundMail, attachInboundMailBody, discardInboundMail, openTicketBody, openTicketFromMail } from './by-hand.js';
import type { InboundMailDeps } from './dependencies.js';
import { getInboundMail, getRawInboundMail } from './get-inbound-mail.js';
import { INBOUND_MAIL_OPERATIONS } from './inbound-mail.reference.js';
import { listInboundMail, listInboundMailQuery } from './list-inbound-mail.js';
import { receiveMail, TOKEN_HEADER } from './receive-mail.js';

export const inboundMailRoutes = (deps: InboundMailDeps): readonly Route[] => [
  action(
    '/inbound-mail',
    'public',
    'Takes a raw message (message/rfc822) of a mail server, with `INBOUND_MAIL_TOKEN` as bearer token.',
    {},
    receiveMail(deps),
    { ...INBOUND_MAIL_OPERATIONS.receiveMail, signature: TOKEN_HEADER, signed: deps.mailDoor, success: 202 },
  ),
  get(
    '/inbound-mail',
    'read:inbound-mail',
    'Lists mails that came in, newest first.',
    { query: listInboundMailQuery },
    listInboundMail(deps),
    INBOUND_MAIL_OPERATIONS.listInboundMail,
  ),
  get(
    '/inbound-mail/:id',
    'read:inbound-mail',
    'Shows a mail that came in, with its whole text.',
    {},
    getInboundMail(deps),
    INBOUND_MAIL_OPERATIONS.getInboundMail,
  ),
  get(
    '/inbound-mail/:id/raw',
    'read:inbound-mail',
    'Downloads a mail as it came, byte for byte.',
    {},
    getRawInboundMail(deps),
    INBOUND_MAIL_OPERATIONS.getRawInboundMail,
  ),
  action(
    '/inbound-mail/:id/attach',
    'write:inbound-mail',
    'Puts a mail to a ticket: as a reply of its sender, or as a note where the sender may not see the ticket.',
    { body: attachInboundMailBody },
    attachInboundMail(deps),
    INBOUND_MAIL_OPERATIONS.attachInboundMail,
  ),
  action(
    '/inbound-mail/:id/open-ticket',
    'write:inbound-mail',
    'Opens a ticket from a mail, for its sender or for a customer.',
    { body: openTicketBody },
    openTicketFromMail(deps),
    INBOUND_MAIL_OPERATIONS.openTicketFromInboundMail,
  ),
  action(
    '/inbound-mail/:id/discard',
    'write:inbound-mail',
    'Decides that nothing becomes of a mail; it stays readable.',
    {},
    discardInboundMail(deps),
    INBOUND_MAIL_OPERATIONS.discardInboundMail,
  ),
];
