import type { ServiceName } from '@riparo/shared/contracts/topology';

/** Which service answers what, by the first segment below `/api/v1`. What is not here is not routed: `/internal/*`. */
const SEGMENTS: Readonly<Record<ServiceName, readonly string[]>> = {
  auth: ['auth', 'users', 'registrations', 'technicians', 'customers', 'settings', 'audit-events'],
  tickets: ['tickets', 'attachments', 'appointments', 'schedules', 'workloads', 'repairs', 'public', 'canned-replies'],
  assets: ['locations', 'assets', 'service-plans'],
  notifications: ['notifications', 'me', 'notification-templates'],
  reports: ['reports'],
};

const PREFIX = '/api/v1/';
const JWKS = '/.well-known/jwks.json';
const STATUS_PAGE = '/repair-status';
const DEV_MAIL = /^\/dev\/mail(?:\/[^/]*)?$/;

const bySegment: ReadonlyMap<string, ServiceName> = new Map(
  Object.entries(SEGMENTS).flatMap(([service, segments]) => segments.map((segment) => [segment, service as ServiceName] as const)),
);

const segmentOf = (path: string): string => {
  const end = path.indexOf('/', PREFIX.length);
  return path.slice(PREFIX.length, end === -1 ? undefined : end);
};

/** `undefined`: nobody. `path` comes without its query. */
export const serviceFor = (path: string): ServiceName | undefined => {
  if (path.startsWith(PREFIX)) return bySegment.get(segmentOf(path));
  if (path === JWKS) return 'auth';
  if (path === STATUS_PAGE) return 'tickets';
  return DEV_MAIL.test(path) ? 'notifications' : undefined;
};

/** For metrics: `/api/v1/tickets/*`, never an id. */
export const routePattern = (path: string): string => (path.startsWith(PREFIX) ? `${PREFIX}${segmentOf(path)}/*` : path);
