import { STATUS_CODES } from 'node:http';
import type { ErrorRequestHandler } from 'express';
import type { Logger } from 'pino';
import { DomainError, isDomainError, type ErrorKind } from '../errors/domain-error.js';
import { isDependencyAway } from '../messaging/dependency-away.js';
import { DuplicateKeyError } from '../errors/duplicate-key-error.js';
import { currentContext } from '../runtime/context.js';
import { sendProblem, type Problem } from './send-problem.js';

/** The only place that maps a kind of refusal to an HTTP status. */
export const STATUS_OF: Readonly<Record<ErrorKind, number>> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  conflict: 409,
  stale: 412,
  'too-large': 413,
  'unsupported-media-type': 415,
  invalid: 422,
  throttled: 429,
  unavailable: 503,
};

const titleOf = (code: string): string => {
  const words = code.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

export const toProblem = ({ kind, code, message, details }: DomainError, requestId: string): Problem => ({
  ...details.extra,
  type: `/problems/${code.toLowerCase().replaceAll('_', '-')}`,
  title: titleOf(code),
  status: STATUS_OF[kind],
  detail: message,
  code,
  requestId,
  ...(details.errors === undefined ? {} : { errors: details.errors }),
});

/** Does not promise that nothing was changed, as `unavailable(…)` does: the write may have succeeded and only its answer was lost. */
const dependencyAway = (cause: Error): DomainError =>
  new DomainError('unavailable', 'DEPENDENCY_UNAVAILABLE', 'A part of the system is away for the moment. Try again in 5 seconds.', {
    retryAfter: 5,
    cause,
  });

/** Errors of express and its parts for a bad request line, such as `%` without digits in the path. */
const isBadRequest = (error: Error): boolean => 'status' in error && error.status === 400;

/** The error as the caller should see it; `undefined` for a fault of Riparo's own. */
export const asDomainError = (error: unknown): DomainError | undefined => {
  if (isDomainError(error)) return error;
  if (!(error instanceof Error)) return undefined;
  if (error instanceof DuplicateKeyError) {
    return new DomainError('conflict', 'DUPLICATE', `There is one already with the same ${error.fields.join(' and ')}.`);
  }
  if (isDependencyAway(error)) return dependencyAway(error);
  return isBadRequest(error) ? new DomainError('malformed', 'MALFORMED_REQUEST', 'The request is not well-formed.') : undefined;
};

const internalProblem = (requestId: string): Problem => ({
  type: '/problems/internal-error',
  title: STATUS_CODES[500] ?? '',
  status: 500,
  detail: `Something went wrong on our side. Tell us the request id ${requestId} if it happens again.`,
  code: 'INTERNAL_ERROR',
  requestId,
});

/** The last handler of an app. It logs Riparo's own faults with their stack and answers them without any detail. */
export const createErrorHandler =
  (log: Logger): ErrorRequestHandler =>
  (error: unknown, request, response, _next) => {
    const requestId = currentContext()?.requestId ?? '';
    const domainError = asDomainError(error);
    if (domainError === undefined) log.error({ err: error, requestId }, 'request failed');
    else if (domainError.kind === 'unavailable') log.warn({ err: error, requestId }, 'dependency away');
    if (response.headersSent) {
      // Half of the answer is sent already. Cutting the connection is the only way to tell the client that the answer is incomplete.
      response.destroy();
      return;
    }
    const problem = domainError === undefined ? internalProblem(requestId) : toProblem(domainError, requestId);
    if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
    // Node would otherwise read the rest of the refused upload to its end.
    if (problem.status === 413) response.setHeader('Connection', 'close');
    if (domainError?.details.retryAfter !== undefined) response.setHeader('Retry-After', domainError.details.retryAfter);
    sendProblem(request, response, problem);
  };
