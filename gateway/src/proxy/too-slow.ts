import { isDomainError } from '@riparo/shared/errors/domain-error';
import { toProblem } from '@riparo/shared/http/error-handler';
import { currentContext } from '@riparo/shared/runtime/context';
import type { ErrorRequestHandler } from 'express';

/** Answers 504, which only a gateway uses. */
export const answerTooSlow: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (!isDomainError(error) || error.code !== 'SERVICE_TOO_SLOW' || response.headersSent) {
    next(error);
    return;
  }
  const problem = { ...toProblem(error, currentContext()?.requestId ?? ''), status: 504 };
  response
    .status(504)
    .set('Retry-After', String(error.details.retryAfter ?? 5))
    .set('Cache-Control', 'no-store')
    .type('application/problem+json')
    .send(JSON.stringify(problem));
};
