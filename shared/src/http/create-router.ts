import { hash } from 'node:crypto';
import { parse as parseQuery } from 'node:querystring';
import { Router, type Request, type RequestHandler, type Response } from 'express';
import { notFound } from '../errors/common-errors.js';
import { DomainError, isDomainError, type FieldFault } from '../errors/domain-error.js';
import type { Caller } from '../contracts/caller.js';
import { contextFrom, currentContext } from '../runtime/context.js';
import type { IdempotencyStore } from '../persistence/idempotency-store.js';
import type { Clock } from '../runtime/clock.js';
import type { IdSource } from '../runtime/ids.js';
import type { TokenVerifier } from './authenticate.js';
import type { ServiceTokens } from './service-token.js';
import { createFormReader, createJsonReader, createSignedReader } from './body.js';
import { clientAddress, isFromThisMachine } from './client-address.js';
import { bearerToken, cookieToken, createGuard, type Guard, type GuardOptions } from './guard.js';
import { idempotencyScope, readIdempotencyKey, runIdempotently } from './idempotency.js';
import { readIfMatch } from './entity-tags.js';
import { addressKey } from './rate-limit.js';
import { givenCookies, signInFor } from './page-session.js';
import { branchOf, bySpecificity, nounOf, pathOf } from './path.js';
import type { Call, Method, Reply, Route, SignedBody, StreamOpening, UploadedFile } from './route.js';
import { sendReply } from './send-reply.js';
import { createUploadReader } from './upload.js';
import type { UploadBudget, UploadRoom } from './upload-budget.js';
import { AS_TYPED } from './page-query.js';
import { bodyValidator, checkQueryBytes, paramsValidator, queryValidator, refuseFaults } from './validate.js';

/** The parts of a platform that every request needs. */
export interface RouterPlatform {
  readonly verifier: TokenVerifier;
  readonly serviceTokens: ServiceTokens;
  readonly clock: Clock;
  readonly ids: IdSource;
}

export interface ApiRouterOptions {
  readonly routes: readonly Route[];
  readonly platform: RouterPlatform;
  readonly idempotency: IdempotencyStore;
}

/**
 * Serves a route table. Each request passes, in this order: authentication (401), permission (403), path ids (404),
 * media type and JSON (415, 413, 400), schemas of query and body with all faults at once (422), Idempotency-Key, use
 * case, reply. Errors go to `next`, for `createErrorHandler`. A path that is not in the table goes on to the next
 * handler of the app.
 */
export const createApiRouter = (options: ApiRouterOptions): Router => {
  const paths = [...new Set(options.routes.map(pathOf))].sort(bySpecificity);
  const branches = new Map<string, Router>();
  for (const path of paths) {
    const branch = branches.get(branchOf(path)) ?? Router({ caseSensitive: true });
    branches.set(branchOf(path), branch);
    addPath(branch, path, options);
  }
  // Express tries routes one by one: with all services in one process that would be some hundred routes for each request.
  // The first segment of the path leads straight to the routes below it.
  return Router().use((request, response, next) => {
    const branch = branches.get(branchOf(request.path));
    if (branch === undefined) next();
    else branch(request, response, next);
  });
};

const addPath = (router: Router, path: string, options: ApiRouterOptions): void => {
  const routes = options.routes.filter((route) => pathOf(route) === path);
  const layer = router.route(path);
  for (const route of routes) layer[verb(route.method)](createHandler(path, route, options));
  layer.all(otherMethod(path, routes));
};

const verb = (method: Method): 'get' | 'post' | 'put' | 'patch' | 'delete' => method.toLowerCase() as Lowercase<Method>;

const otherMethod = (path: string, routes: readonly Route[]): RequestHandler => {
  const methods = routes.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  const allow = [...methods, 'OPTIONS'].join(', ');
  return (request, response, next) => {
    response.locals.route = path;
    response.setHeader('Allow', allow);
    if (request.method === 'OPTIONS') response.status(204).end();
    else next(new DomainError('method-not-allowed', 'METHOD_NOT_ALLOWED', `This path takes ${allow}.`));
  };
};

interface Input {
  readonly params: Record<string, string>;
  readonly query: unknown;
  readonly body: unknown;
  readonly file?: UploadedFile;
  readonly signed?: SignedBody;
}

/**
 * The content that an Idempotency-Key is bound to. The store keeps only a hash of it. The key itself is part of the
 * hashed content: a short secret in a body whose other fields are known could otherwise be found by trying.
 */
const contentOf = (key: string, { body, file }: Input): unknown => [
  key,
  file === undefined ? body : { sha256: hash('sha256', file.bytes) },
];

/** Room for a body in the budget of the process, which `createApp` makes. */
const roomFor = (request: Request, caller: Caller | undefined, rooms: UploadRoom[]): UploadRoom => {
  const person = caller === undefined ? addressKey(clientAddress(request)) : `${caller.tenantId} ${caller.userId}`;
  const room = (request.app.locals.uploads as UploadBudget).open(person);
  rooms.push(room);
  return room;
};

/** A cookie comes with whatever a browser sends, so it may open nothing but pages that change nothing. */
const guardOf = ({ access, cookies, page, method, path }: Route, platform: GuardOptions): Guard => {
  if (cookies === undefined) return createGuard(access, platform);
  if (!page || (access !== 'public' && method !== 'GET'))
    throw new Error(`${method} ${path} reads cookies: only a page may, and a form only where it is public and checks its token.`);
  return createGuard(access, platform, cookieToken(cookies));
};

/** Leads to the sign-in page, and back here from there. */
const toSignIn = ({ originalUrl }: Request): Reply => ({ status: 303, headers: { Location: signInFor(originalUrl) } });

/** Prepares schemas and guards once per route, so that a request pays only for its own checks. */
const createHandler = (path: string, route: Route, { platform, idempotency }: ApiRouterOptions): RequestHandler => {
  const guard = guardOf(route, platform);
  const isSignedOut = (error: unknown): boolean => route.cookies !== undefined && isDomainError(error) && error.kind === 'unauthenticated';
  const readInput = createInputReader(path, route);
  const answer = async (request: Request, response: Response, rooms: UploadRoom[]): Promise<Reply> => {
    let caller: Caller | undefined;
    try {
      caller = await guard(request);
    } catch (error) {
      if (isSignedOut(error)) return toSignIn(request);
      throw error;
    }
    const ifMatch = route.method === 'GET' ? undefined : readIfMatch(request.headers['if-match']);
    const key = route.creates ? readIdempotencyKey(request) : undefined;
    const openRoom = (): UploadRoom => roomFor(request, caller, rooms);
    const input = await readInput(request, response, openRoom);
    const stream = route.stream ? { stream: openingOf(request) } : {};
    const cookies = route.cookies === undefined ? {} : { cookies: givenCookies(request.headers.cookie, route.cookies) };
    const call = { caller, ...input, ...cookies, ...(ifMatch === undefined ? {} : { ifMatch }), ...circumstances(request), ...stream };
    const now = platform.clock.now();
    if (key === undefined) return route.handle({ ...call, now, ids: platform.ids });
    const scope = idempotencyScope(key, request, caller);
    return runIdempotently(idempotency, route, scope, contentOf(key, input), now, (startedAt, ids) =>
      route.handle({ ...call, now: startedAt, ids }),
    );
  };
  return (request, response, next) => {
    response.locals.route = path;
    const rooms: UploadRoom[] = [];
    answer(request, response, rooms)
      // Until here the body is in memory, also when its sender has gone.
      .finally(() => rooms.forEach((room) => room.release()))
      .then((reply) => sendReply(request, response, reply), next)
      .catch(next);
  };
};

/** Characters of a header that use cases may keep; the rest is cut off. */
const MAX_HEADER = 512;

const circumstances = (
  request: Request,
): Pick<Call, 'requestId' | 'ip' | 'fromThisMachine' | 'userAgent' | 'accept' | 'acceptLanguage' | 'ifNoneMatch'> => {
  const { 'user-agent': userAgent, accept, 'accept-language': acceptLanguage, 'if-none-match': ifNoneMatch } = request.headers;
  return {
    requestId: (currentContext() ?? contextFrom(undefined, undefined)).requestId,
    ip: clientAddress(request),
    fromThisMachine: isFromThisMachine(request),
    ...(userAgent === undefined ? {} : { userAgent: userAgent.slice(0, MAX_HEADER) }),
    ...(accept === undefined ? {} : { accept: accept.slice(0, MAX_HEADER) }),
    ...(acceptLanguage === undefined ? {} : { acceptLanguage: acceptLanguage.slice(0, MAX_HEADER) }),
    ...(ifNoneMatch === undefined ? {} : { ifNoneMatch }),
  };
};

const openingOf = (request: Request): StreamOpening => {
  const lastEventId = request.get('last-event-id')?.slice(0, MAX_HEADER);
  return { token: bearerToken(request), ...(lastEventId === undefined ? {} : { lastEventId }) };
};

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const createParamsReader = (path: string, route: Route): ((raw: Record<string, string>) => Record<string, string>) => {
  const validate = route.input.params === undefined ? undefined : paramsValidator(route.input.params);
  return (raw) => {
    const names = Object.keys(raw);
    if (names.length === 0) return raw;
    if (validate !== undefined) {
      const valid = validate({ ...raw }) as Record<string, string> | undefined;
      if (valid === undefined) throw notFound(nounOf(path, names.at(-1) ?? ''));
      return valid;
    }
    return Object.fromEntries(
      names.map((name) => {
        const id = (raw[name] ?? '').toLowerCase();
        if (!UUID.test(id)) throw notFound(nounOf(path, name));
        return [name, id];
      }),
    );
  };
};

type InputReader = (request: Request, response: Response, openRoom: () => UploadRoom) => Promise<Input>;

const createInputReader = (path: string, route: Route): InputReader => {
  const readParams = createParamsReader(path, route);
  const readBody = route.page ? createFormReader() : createJsonReader();
  const readUpload = route.upload === undefined ? undefined : createUploadReader(route.upload);
  const readSigned = route.signature === undefined ? undefined : createSignedReader(route.signature, route.signed);
  const query = route.page ? AS_TYPED : queryValidator(route.input.query);
  const body = route.method === 'GET' ? undefined : route.page ? AS_TYPED : bodyValidator(route.input.body);
  return async (request, response, openRoom) => {
    const params = readParams(request.params as Record<string, string>);
    const file = await readUpload?.(request, response, openRoom());
    const signed = await readSigned?.(request, response, openRoom);
    const isRead = file !== undefined || signed !== undefined;
    const rawBody = body === undefined ? undefined : isRead ? {} : await readBody(request, response, openRoom);
    const faults: FieldFault[] = [];
    const rawQuery = request.url.split('?', 2)[1] ?? '';
    if (!route.page) checkQueryBytes(rawQuery, faults);
    const input = {
      params,
      query: query.check(parseQuery(rawQuery), faults),
      body: body?.check(rawBody, faults),
      ...(file === undefined ? {} : { file }),
      ...(signed === undefined ? {} : { signed }),
    };
    refuseFaults(faults);
    return input;
  };
};
