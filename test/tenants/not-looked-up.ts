import { TOPOLOGY } from '@riparo/shared/contracts/topology';

/** What these fields name is written down, and looked up only later if ever. */
export const NOT_LOOKED_UP: readonly string[] = [
  'POST /api/v1/auth/approvals [body subjectId]',
  'POST /api/v1/notifications [body recipients[]]',
  'POST /internal/notifications [body recipients[]]',
  'POST /internal/assets [body actorUserId]',
  'POST /internal/repairs/:id/payments [body bookingId]',
  'POST /internal/repairs/:id/payments [body byUserId]',
  'POST /internal/repairs/:id/refunds [body bookingId]',
  'POST /internal/repairs/:id/refunds [body byUserId]',
  // The world has no document of a ticket: that takes one that is resolved, with an accepted quote.
  'GET /api/v1/invoices [query ticketId]',
  // The world has no CSV of a report: one is made when it is due.
  'GET /internal/reports/files/:id [path id]',
  // The tickets service looks up who acts; the administrators here exist in their tokens alone.
  'POST /internal/mail-replies [body attachmentIds[]]',
  'POST /internal/mail-tickets [body attachmentIds[]]',
  'POST /api/v1/inbound-mail/:id/attach [body ticketId]',
  'POST /api/v1/inbound-mail/:id/open-ticket [body customerId]',
  // The world's mails have no raw message, and its notification is no template.
  'GET /api/v1/inbound-mail/:id/raw [path id]',
  'POST /api/v1/notification-templates/:key/:locale/preview [body notificationId]',
  // `Quote.lines[].partId` is an alias in kinds.ts until the world has a part.
  'POST /api/v1/quotes [body lines[].partId]',
  'PUT /api/v1/quotes/:id [body lines[].partId]',
  // Nothing is parked in the world; parked events of two tenants are told apart in the tests of reports.
  'POST /api/v1/parked-events/:id/replay [path id]',
  ...Object.keys(TOPOLOGY).map((service) => `POST /internal/parked-events/${service}/replay [body id]`),
];
