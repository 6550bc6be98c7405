import { TOPOLOGY } from '@riparo/shared/contracts/topology';
import { nounOf, pathOf } from '@riparo/shared/http/path';
import type { Route } from '@riparo/shared/http/route';
import type { Place } from './samples.js';

/** What has an id in a tenant. A new kind of thing gets its name here and is made in `world.ts`. */
export const KINDS = [
  'customer',
  'user',
  'person',
  'technician',
  'registration',
  'location',
  'asset',
  'photo',
  'service plan',
  'ticket',
  'other ticket',
  'repair',
  'attachment',
  'appointment',
  'repair appointment',
  'work report',
  'ticket report',
  'time off',
  'canned reply',
  'quote',
  'ended repair',
  'invoice',
  'notification',
  'announcement',
  'inbox item',
  'inbound mail',
  'failed address',
  'webhook',
  'webhook delivery',
  'part',
  'reservation',
  'purchase order',
  'order line',
  'count',
  'payment',
  'vehicle',
  'knowledge',
  'other knowledge',
  'schedule',
] as const;

export type Kind = (typeof KINDS)[number];
export type Ids = Readonly<Record<Kind, string>>;

/** Names of fields and nouns of paths that say something else than the kind. */
const ALIASES: Readonly<Record<string, Kind>> = {
  'assigned to': 'technician',
  actor: 'user',
  'actor user': 'user',
  'created by user': 'person',
  'contact user': 'person',
  'assigned to user': 'technician',
  'resolved by user': 'technician',
  'decided by user': 'technician',
  'requested by user': 'person',
  'approved by user': 'person',
  'warranty claim of': 'repair',
  'previous user': 'technician',
  'into ticket': 'other ticket',
  'merged into': 'other ticket',
  recipient: 'person',
  'compatible with asset': 'asset',
  line: 'order line',
  delivery: 'webhook delivery',
  'by user': 'person',
  booking: 'payment',
  'covered by plan': 'service plan',
  into: 'other knowledge',
};

/** Places where the name alone says something else. */
const PLACES: Readonly<Record<string, Kind>> = {
  'PATCH /api/v1/me/notifications/:id id': 'inbox item',
  'POST /api/v1/registrations/:userId/approve userId': 'registration',
  'POST /api/v1/registrations/:userId/reject userId': 'registration',
  'DELETE /api/v1/tickets/:id/links/:ticketId ticketId': 'other ticket',
  'POST /api/v1/tickets/:id/links ticketId': 'other ticket',
  'POST /api/v1/auth/approvals subjectId': 'ticket',
  'GET /internal/reservations workReportId': 'ticket report',
  'PATCH /api/v1/work-reports/:id photos[]': 'attachment',
  'POST /api/v1/repairs/:id/work-reports appointmentId': 'repair appointment',
  'GET /api/v1/audit-events subject': 'user',
  'GET /internal/locations ids': 'location',
  'GET /api/v1/invoices repairId': 'ended repair',
  'PUT /api/v1/purchase-orders/:id lines[].id': 'order line',
  'POST /api/v1/knowledge/:id/merge ids[]': 'other knowledge',
  'POST /api/v1/reports/schedules recipients[]': 'user',
  'PUT /api/v1/reports/schedules/:id recipients[]': 'user',
  // The world has none: one is made when a report is due.
  'GET /internal/reports/files/:id id': 'schedule',
  // Nothing is parked in the world.
  'POST /api/v1/parked-events/:id/replay id': 'ticket',
  ...Object.fromEntries(Object.keys(TOPOLOGY).map((service) => [`POST /internal/parked-events/${service}/replay id`, 'ticket' as const])),
  'POST /internal/mail-replies subject.id': 'ticket',
  'POST /api/v1/failed-addresses/:id/confirm id': 'failed address',
};

const spaced = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

export const isKind = (word: string): word is Kind => KINDS.some((kind) => kind === word);

export const kindNamed = (name: string): Kind | undefined => {
  const noun = spaced(name.replace(/Ids?$|s$/, ''));
  return isKind(noun) ? noun : ALIASES[noun];
};

export const titleOf = (route: Route): string => `${route.method} ${pathOf(route)}`;

const unknown = (route: Route, where: string): never => {
  throw new Error(
    `${titleOf(route)} takes an id in "${where}" and the test has none for it. Name its kind in test/tenants/kinds.ts (ALIASES or ` +
      `PLACES); if it is a new kind of thing, add it to KINDS and make one in test/tenants/world.ts.`,
  );
};

/** The kind of a path's parameter. */
export const kindOfParam = (route: Route, name: string): Kind => {
  const noun = nounOf(pathOf(route), name);
  return PLACES[`${titleOf(route)} ${name}`] ?? (isKind(noun) ? noun : ALIASES[noun]) ?? unknown(route, `:${name}`);
};

/** The kind of a field of query or body. */
export const kindOfPlace = (route: Route, { name, path }: Place): Kind =>
  PLACES[`${titleOf(route)} ${path}`] ?? kindNamed(name) ?? unknown(route, path);
