import type { ServiceName } from '@riparo/shared/contracts/topology';
import { SIGN_IN_PAGE, SIGN_OUT_PAGE } from '@riparo/shared/http/page-session';

/**
 * The service for each first segment below `/api/v1`, or for the first two. A path that is missing here is not routed, such
 * as `/internal/*`.
 */
const SEGMENTS: Readonly<Record<ServiceName, readonly string[]>> = {
  auth: ['auth', 'users', 'registrations', 'technicians', 'customers', 'settings', 'audit-events'],
  tickets: ['tickets', 'attachments', 'appointments', 'work-reports', 'schedules', 'workloads', 'repairs', 'public', 'canned-replies'],
  assets: ['locations', 'assets', 'service-plans', 'parts', 'purchase-orders', 'vehicles'],
  billing: ['quotes', 'public/quotes', 'invoices', 'public/invoices', 'payments', 'me/payment-methods'],
  notifications: [
    'notifications',
    'me',
    'notification-templates',
    'public/unsubscribe',
    'sms',
    'webhooks',
    'announcements',
    'inbound-mail',
    'failed-addresses',
    'events',
    'live',
  ],
  reports: ['reports', 'knowledge', 'parked-events'],
};

const PREFIX = '/api/v1/';
const JWKS = '/.well-known/jwks.json';
const FRONT_PAGE = '/';
const STATUS_PAGE = '/repair-status';
/** Where links of mails about accounts lead, and where the forms go. */
const ACCOUNT_PAGES: readonly string[] = ['/verify-email', '/reset-password', '/accept-invitation'];
/** Where people sign in for pages, and where the form goes that signs out. */
const SIGN_IN_PAGES: readonly string[] = [SIGN_IN_PAGE, SIGN_OUT_PAGE];
/** Figures for people. */
const REPORT_PAGES: readonly string[] = ['/reports', '/reports/export', '/board'];
const QUOTE_PAGE_PATTERN = '/quote/*';
/** The page of a quote, and where its forms go. */
const QUOTE_PAGE = /^\/quote\/[^/]*(?:\/(?:accept|decline))?$/;
const PAY_PAGE_PATTERN = '/pay/*';
/** The page on which a repair is paid, and where its form goes. */
const PAY_PAGE = /^\/pay\/[^/]*(?:\/checkout)?$/;
const SIGN_PAGE_PATTERN = '/sign/*';
/** The page on which a work report is signed, and where its forms go. */
const SIGN_PAGE = /^\/sign\/[^/]*(?:\/(?:approve|dispute))?$/;
const RATE_PAGE_PATTERN = '/rate/*';
/** The page on which a closed ticket is rated, and where its form goes. */
const RATE_PAGE = /^\/rate\/[^/]*$/;
const APPOINTMENT_PAGE_PATTERN = '/appointments/*';
/** The page of an appointment, the free times to which it can be moved, and where its forms go. */
const APPOINTMENT_PAGE = /^\/appointments\/[^/]*(?:\/(?:confirm|move|cancel))?$/;
const UNSUBSCRIBE_PAGE = '/unsubscribe';
const DEV_MAIL_PATTERN = '/dev/mail/*';
const DEV_MAIL = /^\/dev\/mail(?:\/[^/]*)?$/;

const bySegment: ReadonlyMap<string, ServiceName> = new Map(
  Object.entries(SEGMENTS).flatMap(([service, segments]) => segments.map((segment) => [segment, service as ServiceName] as const)),
);

const segmentOf = (path: string): string => {
  const [first = '', second = ''] = path.slice(PREFIX.length).split('/', 2);
  const both = `${first}/${second}`;
  return bySegment.has(both) ? both : first;
};

/** The service that answers a path (without its query); `undefined` when none does. */
export const serviceFor = (path: string): ServiceName | undefined => {
  if (path.startsWith(PREFIX)) return bySegment.get(segmentOf(path));
  if (path === JWKS || ACCOUNT_PAGES.includes(path) || SIGN_IN_PAGES.includes(path)) return 'auth';
  if (REPORT_PAGES.includes(path)) return 'reports';
  if (path === STATUS_PAGE || SIGN_PAGE.test(path) || RATE_PAGE.test(path) || APPOINTMENT_PAGE.test(path)) return 'tickets';
  if (QUOTE_PAGE.test(path) || PAY_PAGE.test(path)) return 'billing';
  return path === FRONT_PAGE || path === UNSUBSCRIBE_PAGE || DEV_MAIL.test(path) ? 'notifications' : undefined;
};

const STREAMS: ReadonlySet<string> = new Set([`${PREFIX}events/stream`, `${PREFIX}live`]);

/** Whether the answer at the path goes on for as long as the client listens. */
export const isStream = (path: string): boolean => STREAMS.has(path);

const patternOf = (segment: string): string => `${PREFIX}${segment}/*`;

/** The path of a request that a service answers, as metrics show it: `/api/v1/tickets/*`, never an id. */
export const routePattern = (path: string): string => {
  if (path.startsWith(PREFIX)) return patternOf(segmentOf(path));
  if (QUOTE_PAGE.test(path)) return QUOTE_PAGE_PATTERN;
  if (PAY_PAGE.test(path)) return PAY_PAGE_PATTERN;
  if (SIGN_PAGE.test(path)) return SIGN_PAGE_PATTERN;
  if (RATE_PAGE.test(path)) return RATE_PAGE_PATTERN;
  if (APPOINTMENT_PAGE.test(path)) return APPOINTMENT_PAGE_PATTERN;
  return DEV_MAIL.test(path) ? DEV_MAIL_PATTERN : path;
};

/** Every answer of `routePattern`. */
export const ROUTE_PATTERNS: readonly string[] = [
  ...[...bySegment.keys()].map(patternOf),
  JWKS,
  FRONT_PAGE,
  STATUS_PAGE,
  ...ACCOUNT_PAGES,
  ...SIGN_IN_PAGES,
  ...REPORT_PAGES,
  QUOTE_PAGE_PATTERN,
  PAY_PAGE_PATTERN,
  SIGN_PAGE_PATTERN,
  RATE_PAGE_PATTERN,
  APPOINTMENT_PAGE_PATTERN,
  UNSUBSCRIBE_PAGE,
  DEV_MAIL_PATTERN,
];
