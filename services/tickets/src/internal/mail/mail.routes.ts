import { create, type Route } from '@riparo/shared/http/route';
import type { AssignmentDeps } from '../../assignment/dependencies.js';
import type { AttachmentDeps } from '../../conversation/attachment/dependencies.js';
import { ATTACHMENT_UPLOAD } from '../../conversation/attachment/upload-attachment.js';
import type { RepairDeps } from '../../repair/dependencies.js';
import type { TicketDeps } from '../../ticket/dependencies.js';
import { mailFileInput, takeMailFile } from './take-mail-file.js';
import { mailReplyBody, takeMailReply } from './take-mail-reply.js';
import { mailTicketBody, takeMailTicket } from './take-mail-ticket.js';

export type MailDeps = TicketDeps & AssignmentDeps & AttachmentDeps & Pick<RepairDeps, 'repairs'>;

/** For the service that reads mails of customers and staff. */
export const mailRoutes = (deps: MailDeps): readonly Route[] => [
  create('/internal/mail-replies', 'internal', 'A mail as a reply of its sender.', { body: mailReplyBody }, takeMailReply(deps), {
    root: true,
  }),
  create('/internal/mail-tickets', 'internal', 'A mail as a ticket of its sender.', { body: mailTicketBody }, takeMailTicket(deps), {
    root: true,
  }),
  create('/internal/mail-attachments', 'internal', 'A file that came with a mail.', mailFileInput, takeMailFile(deps), {
    root: true,
    upload: ATTACHMENT_UPLOAD,
  }),
];
