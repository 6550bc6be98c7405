import type Joi from 'joi';
import { nounOf } from '../path.js';
import type { Route } from '../route.js';
import { UPLOAD_LIMIT } from '../upload-budget.js';
import { fields } from './answer.js';
import { version } from './answer-fields.js';
import { requestSchema } from './json-schema.js';
import type { LimitClass } from './limit-class.js';

/** Codes of refusals by HTTP status: `{ 409: ['TICKET_CLOSED'] }`. */
export type Problems = Readonly<Record<number, readonly string[]>>;

/** What problem documents have beyond the members that all of them have, by code: `{ TICKET_MERGED: fields({ mergedIntoId: id() }) }`. */
export type ProblemMembers = Readonly<Record<string, Joi.ObjectSchema>>;

/** All codes of several sets, each once. */
export const joinProblems = (...sets: readonly Problems[]): Problems => {
  const statuses = [...new Set(sets.flatMap((set) => Object.keys(set).map(Number)))].sort((a, b) => a - b);
  return Object.fromEntries(statuses.map((status) => [status, [...new Set(sets.flatMap((set) => set[status] ?? []))]]));
};

const EVERY_ROUTE: Problems = {
  400: ['MALFORMED_REQUEST'],
  422: ['VALIDATION_FAILED'],
  429: ['RATE_LIMITED'],
  500: ['INTERNAL_ERROR'],
  503: ['DEPENDENCY_UNAVAILABLE', 'SERVICE_AWAY', 'SERVICE_TOO_SLOW', 'SERVICE_BROKE_OFF'],
};
/** A body that is not small waits for room, see `upload-budget.ts`. */
const ROOM: Problems = { 429: [UPLOAD_LIMIT.code], 503: ['UPLOADS_FULL'] };
const BODY: Problems = { 413: ['PAYLOAD_TOO_LARGE'], 415: ['UNSUPPORTED_MEDIA_TYPE'] };
const WITH_BODY = joinProblems({ 400: ['MALFORMED_JSON', 'INCOMPLETE_BODY'] }, BODY, ROOM);
const WITH_FILE = joinProblems({ 400: ['MALFORMED_MULTIPART'] }, BODY, ROOM);
const REPEATABLE: Problems = { 409: ['REQUEST_IN_PROGRESS'], 422: ['IDEMPOTENCY_KEY_REUSED'] };

/** Of a route whose body has an `approvalToken`: it redeems a step-up approval, see `approvals.ts`. */
const APPROVED: Problems = { 409: ['APPROVAL_ALREADY_USED'], 422: ['APPROVAL_NOT_VALID'] };

/** Of a POST that reads `If-Match`; every other change reads it anyway. */
export const STALE: Problems = { 412: ['STALE_VERSION'] };

/** Whether the route minds `If-Match`. Of the POSTs, those do whose own problems have a 412. */
export const takesIfMatch = ({ method, problems = {}, unversioned = false }: Route): boolean =>
  !unversioned && (method === 'PUT' || method === 'PATCH' || method === 'DELETE' || 412 in problems);

const isPermitted = ({ access }: Route): boolean => access !== 'public' && access !== 'signed-in';

const codeOf = (noun: string): string => `${noun.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}_NOT_FOUND`;

/** `/tickets/:id/links/:ticketId` can be refused as TICKET_NOT_FOUND. */
const absent = ({ path }: Route): Problems => {
  const codes = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => codeOf(nounOf(path, name)));
  return codes.length === 0 ? {} : { 404: codes };
};

const takesApproval = ({ input: { body } }: Route): boolean =>
  body !== undefined && 'approvalToken' in ((requestSchema(body, new Map()).properties as object | undefined) ?? {});

/** The limits that a service holds the route to, besides those of the gateway. */
export const limitsOf = ({ method, limits = [] }: Route): readonly LimitClass[] => [...(method === 'GET' ? [] : [UPLOAD_LIMIT]), ...limits];

/** Every code that the route can be refused with: those of its kind, and its own. */
export const problemsOf = (route: Route): Problems =>
  joinProblems(
    EVERY_ROUTE,
    route.access === 'public' || route.cookies !== undefined ? {} : { 401: ['UNAUTHENTICATED'] },
    isPermitted(route) ? { 403: ['FORBIDDEN'] } : {},
    absent(route),
    takesIfMatch(route) ? STALE : {},
    route.method === 'GET' ? {} : WITH_BODY,
    route.upload === undefined ? {} : WITH_FILE,
    route.creates ? REPEATABLE : {},
    takesApproval(route) ? APPROVED : {},
    // A page tells it in words.
    route.page ? {} : { 429: limitsOf(route).map(({ code }) => code) },
    route.problems ?? {},
  );

const COMMON_MEMBERS: ProblemMembers = { STALE_VERSION: fields({ currentVersion: version() }) };

/** The further members of each code that the route can be refused with. */
export const membersOf = ({ members }: Pick<Route, 'members'>): ProblemMembers => ({ ...COMMON_MEMBERS, ...members });

/** Refusals that many routes have in common, under the names of `components/responses`. */
export const COMMON_REFUSALS: Readonly<Record<string, readonly [status: number, codes: readonly string[]]>> = {
  MalformedRequest: [400, joinProblems(EVERY_ROUTE)[400] ?? []],
  MalformedBody: [400, joinProblems(EVERY_ROUTE, WITH_BODY)[400] ?? []],
  Unauthenticated: [401, ['UNAUTHENTICATED']],
  Forbidden: [403, ['FORBIDDEN']],
  StaleVersion: [412, ['STALE_VERSION']],
  RequestInProgress: [409, ['REQUEST_IN_PROGRESS']],
  PayloadTooLarge: [413, ['PAYLOAD_TOO_LARGE']],
  UnsupportedMediaType: [415, ['UNSUPPORTED_MEDIA_TYPE']],
  ValidationFailed: [422, ['VALIDATION_FAILED']],
  ValidationFailedOrKeyReused: [422, joinProblems(EVERY_ROUTE, REPEATABLE)[422] ?? []],
  RateLimited: [429, ['RATE_LIMITED']],
  TooManyRequests: [429, joinProblems(EVERY_ROUTE, ROOM)[429] ?? []],
  InternalError: [500, ['INTERNAL_ERROR']],
  Unavailable: [503, joinProblems(EVERY_ROUTE)[503] ?? []],
  UnavailableOrFull: [503, joinProblems(EVERY_ROUTE, ROOM)[503] ?? []],
};

/** The name of a refusal among the common ones. */
export const commonRefusal = (status: number, codes: readonly string[], members: ProblemMembers): string | undefined => {
  if (codes.some((code) => members[code] !== COMMON_MEMBERS[code])) return undefined;
  return Object.entries(COMMON_REFUSALS).find(([, [common, all]]) => common === status && all.join() === codes.join())?.[0];
};
