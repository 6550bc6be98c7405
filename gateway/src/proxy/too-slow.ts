import { isDomainError } from '@riparo/shared/errors/domain-error';
import { toProblem } from '@riparo/shared/http/error-handler';
import { sendProblem } from '@riparo/shared/http/send-problem';
import { currentContext } from '@riparo/shared/runtime/context';
import type { ErrorRequestHandler } from 'express';

/** Answers 504, which only a gateway uses. */
export const answerTooSlow: ErrorRequestHandler = (error: unknown, request, response, next) => {
  if (!isDomainError(error) || error.code !== 'SERVICE_TOO_SLOW' || response.headersSent) {
    next(error);
    return;
  }
  const problem = { ...toProblem(error, currentContext()?.requestId ?? ''), status: 504 };
  response.setHeader('Retry-After', String(error.details.retryAfter ?? 5));
  sendProblem(request, response, problem);
};
