import type { Route } from './route.js';

export const API_PREFIX = '/api/v1';

/** The whole Express path of a route. */
export const pathOf = ({ root, path }: Pick<Route, 'root' | 'path'>): string => (root ? path : `${API_PREFIX}${path}`);

/** 0 for a fixed segment, 1 for one like `:id.ics`, 2 for a mere parameter. */
const openness = (segment: string): number => {
  if (!segment.includes(':') && !segment.includes('*')) return 0;
  return /^:\w+$/.test(segment) ? 2 : 1;
};

/** Puts `/appointments/slots` before `/appointments/:id`, whatever the order of the table. */
export const bySpecificity = (a: string, b: string): number => {
  const left = a.split('/');
  const right = b.split('/');
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const difference = openness(left[index] ?? '') - openness(right[index] ?? '');
    if (difference !== 0) return difference;
  }
  return right.length - left.length;
};

/**
 * The noun for "there is no such …": `/tickets/:id` → ticket, `/schedules/:technicianId` → technician,
 * `/notification-templates/:key/:locale` → notification template.
 */
export const nounOf = (path: string, parameter: string): string => {
  const named = parameter.replace(/Id$/, '');
  if (named !== parameter && named !== '') return named.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  const segments = path.split('/');
  const end = segments.findIndex((segment) => segment.startsWith(`:${parameter}`));
  const before = segments.slice(0, end).findLast((segment) => !segment.startsWith(':')) ?? 'resource';
  return before
    .replace(/ies$/, 'y')
    .replace(/(?<=ss)es$|(?<!s)s$/, '')
    .replaceAll('-', ' ');
};

/** The first segment below the prefix, which is never a parameter: `tickets` in `/api/v1/tickets/:id`. */
export const branchOf = (path: string): string => {
  const start = path.startsWith(`${API_PREFIX}/`) ? API_PREFIX.length + 1 : 1;
  const end = path.indexOf('/', start);
  // The start index keeps `/tickets` at the root apart from `/api/v1/tickets`.
  return `${start}:${path.slice(start, end === -1 ? undefined : end)}`;
};
