import type { Route } from '@riparo/shared/http/route';
import { pathOf } from '@riparo/shared/http/path';
import type { HttpClient } from '@riparo/shared/testing/http-client';

/** One answer of the walk through the route table. */
export interface Asked {
  /** The route's path with its parameters: `/api/v1/tickets/:id`. */
  readonly route: string;
  readonly path: string;
  readonly isPublic: boolean;
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/** `2026-01-31`, so many days before today. */
const dayBefore = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** What some routes need in their query; in braces the list whose first id it takes. */
const QUERIES: Readonly<Record<string, string>> = {
  '/api/v1/appointments/slots': 'type=REMOTE_SESSION',
  '/api/v1/invoices/export.csv': `from=${dayBefore(60)}&to=${dayBefore(0)}`,
  '/api/v1/knowledge/suggestions': 'ticketId={/api/v1/tickets}',
};
/** Lists of what a parameter names, where they are not at the path before it. */
const LISTS: Readonly<Record<string, string>> = { technicianId: '/api/v1/technicians' };
/** Nobody has such a token. */
const NO_TOKEN = 'abcdefghijklmnopqrstuvwxyz.ABCDEFGHIJ';
const NO_ID = '01a1fc0a-911e-77e7-a211-79bfc7786001';

type Thing = Readonly<Record<string, unknown>>;

/** Fills the parameters of paths with what lists have. */
export const createLookUp = (api: HttpClient, token: string, routes: readonly Route[]) => {
  const lists = new Map<string, readonly Thing[]>();
  const isRoute = (path: string): boolean => routes.some((route) => route.method === 'GET' && pathOf(route) === path);
  const isPublic = (path: string): boolean => routes.some((route) => pathOf(route) === path && route.access === 'public');

  const listAt = async (path: string): Promise<readonly Thing[]> => {
    const known = lists.get(path);
    if (known !== undefined) return known;
    const { status, body } = await api.get<readonly Thing[]>(path, { root: true, token });
    const found = status === 200 && Array.isArray(body.data) ? (body.data as readonly Thing[]) : [];
    lists.set(path, found);
    return found;
  };

  const valueFor = async (name: string, before: string, pattern: string): Promise<string> => {
    if (name === 'token' || name === 'name') return NO_TOKEN;
    if (LISTS[name] === undefined && !isRoute(pattern)) return NO_ID;
    const [first] = await listAt(LISTS[name] ?? before);
    const value = first?.[name] ?? first?.id ?? first?.key;
    return typeof value === 'string' ? value : NO_ID;
  };

  const fill = async (route: string): Promise<string> => {
    let [path, pattern] = ['', ''];
    for (const segment of route.split('/').slice(1)) {
      const [, name, rest = ''] = /^:(\w+)(.*)$/.exec(segment) ?? [];
      const value = name === 'locale' ? 'it' : name === undefined ? segment : `${await valueFor(name, path, pattern)}${rest}`;
      path += `/${value}`;
      pattern += `/${segment}`;
    }
    return path;
  };

  const ask = async (route: string): Promise<readonly Asked[]> => {
    const [, start = QUERIES[route], list] = /^(.*)\{(.*)\}$/.exec(QUERIES[route] ?? '') ?? [];
    const query = list === undefined ? start : `${start}${String((await listAt(list))[0]?.id)}`;
    const path = `${await fill(route)}${query === undefined ? '' : `?${query}`}`;
    const { status, headers, text } = await api.get(path, { root: true, token });
    return [{ route, path, isPublic: isPublic(route), status, contentType: headers.get('content-type') ?? '', text }];
  };
  return { ask };
};
