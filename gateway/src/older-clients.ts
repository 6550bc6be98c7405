import type { RequestHandler } from 'express';

interface Alias {
  readonly method: string;
  readonly from: RegExp;
  readonly to: string;
}

/** Paths of earlier systems whose endpoints still exist. Bodies and answers are in today's form. */
const ALIASES: readonly Alias[] = [
  { method: 'POST', from: /^\/api\/auth\/login$/, to: '/auth/login' },
  { method: 'POST', from: /^\/api\/auth\/refreshToken$/, to: '/auth/refresh' },
  { method: 'POST', from: /^\/api\/user\/create-customer$/, to: '/auth/register' },
  { method: 'POST', from: /^\/api\/service-request$/, to: '/repairs' },
  { method: 'GET', from: /^\/api\/service-request\/([^/]+)\/status$/, to: '/repairs/$1/status' },
  { method: 'POST', from: /^\/api\/appointment$/, to: '/appointments' },
  { method: 'PUT', from: /^\/api\/customer\/([^/]+)\/profile$/, to: '/customers/$1/profile' },
];

/** Today's path for a path of an earlier system; `undefined` for any other path. */
export const aliasFor = (method: string, path: string): string | undefined => {
  const alias = ALIASES.find(({ method: wanted, from }) => wanted === method && from.test(path));
  return alias === undefined ? undefined : `/api/v1${path.replace(alias.from, alias.to)}`;
};

/** Rewrites the path of the request and nothing else. */
export const rewriteOlderPaths: RequestHandler = (request, _response, next) => {
  if (request.url.startsWith('/api/') && !request.url.startsWith('/api/v1/')) {
    const [path = '', ...query] = request.url.split('?');
    const target = aliasFor(request.method, path);
    if (target !== undefined) request.url = [target, ...query].join('?');
  }
  next();
};
