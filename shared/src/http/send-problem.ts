import type { Request, Response } from 'express';
import { errorPage } from '../pages/error-page.js';
import { pageHeaders } from '../pages/page-headers.js';
import { pageLanguage } from '../pages/page-language.js';
import type { FieldFault } from '../errors/domain-error.js';

/** An `application/problem+json` document (RFC 9457). */
export interface Problem {
  /** `/problems/<code in kebab case>`. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly requestId: string;
  readonly errors?: readonly FieldFault[];
  readonly [member: string]: unknown;
}

/** Whether a browser asks for a page. Programs send no `Accept`, `*` or JSON, and of two that are equally welcome they get JSON. */
const wantsPage = (request: Request): boolean =>
  request.accepts(['application/problem+json', 'application/json', 'text/html']) === 'text/html';

/** Answers a refusal: browsers get a page in words, programs the problem document. */
export const sendProblem = (request: Request, response: Response, problem: Problem): void => {
  response.status(problem.status).setHeader('Cache-Control', 'no-store');
  response.vary('Accept');
  if (!wantsPage(request)) {
    response.type('application/problem+json').send(JSON.stringify(problem));
    return;
  }
  const { status, code, requestId } = problem;
  const { lang } = request.query;
  const language = pageLanguage(typeof lang === 'string' ? lang : undefined, request.headers['accept-language'], 'en');
  const canRetry = request.method === 'GET' || request.method === 'HEAD';
  response.vary('Accept-Language').set(pageHeaders());
  response.send(errorPage({ status, code, requestId, language, canRetry }));
};
