import type { Agent, ClientRequest, IncomingMessage } from 'node:http';
import { DomainError } from '@riparo/shared/errors/domain-error';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { createProxyMiddleware, proxyEventsPlugin, type Plugin } from 'http-proxy-middleware';
import { serviceAway, serviceBrokeOff, serviceTooSlow } from './upstream-errors.js';

export interface ProxyOptions {
  readonly service: string;
  readonly agent: Agent;
  readonly timeoutMs: number;
}

/** One request on its way to a service. */
interface Passage {
  readonly next: NextFunction;
  tries: number;
  /** Answered, given up, or the client has gone: whatever comes now comes too late. */
  over: boolean;
  upstream?: ClientRequest;
  timer?: NodeJS.Timeout;
}

const MAX_TRIES = 3;

const hasBody = ({ headers }: Request): boolean => headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** Asking again changes nothing, and there is no body that is half gone already. */
const canRepeat = (request: Request): boolean => (request.method === 'GET' || request.method === 'HEAD') && !hasBody(request);

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException | undefined)?.code;

/** http-proxy would send the chunks of such a body behind a `Content-Length: 0`, as a request of their own. */
const refuseSmuggling = ({ method, headers }: Request): DomainError | undefined =>
  (method === 'DELETE' || method === 'OPTIONS') && headers['transfer-encoding'] !== undefined
    ? new DomainError('malformed', 'MALFORMED_REQUEST', `${method} takes no chunked body.`)
    : undefined;

const mergeVary = (response: Response, headers: IncomingMessage['headers']): void => {
  const own = response.getHeader('vary');
  if (typeof own === 'string' && headers.vary !== undefined && headers.vary !== own) headers.vary = `${own}, ${headers.vary}`;
};

/** Hands requests to the instances of a service and their answers back, as streams. */
export const createProxyTo = ({ service, agent, timeoutMs }: ProxyOptions): RequestHandler => {
  const passages = new WeakMap<IncomingMessage, Passage>();

  const end = (passage: Passage): void => {
    passage.over = true;
    clearTimeout(passage.timer);
  };

  const giveUp = (passage: Passage, error: Error): void => {
    if (passage.over) return;
    end(passage);
    passage.upstream?.destroy();
    passage.next(error);
  };

  const onUpstreamError = (error: unknown, request: Request, response: Response): void => {
    const passage = passages.get(request);
    if (passage === undefined || passage.over) return;
    if (response.headersSent) {
      // Half an answer is out: cutting the line is the only way left to say that it is not whole.
      end(passage);
      response.destroy();
    } else if (codeOf(error) === 'ECONNREFUSED') giveUp(passage, serviceAway(service, error));
    else if (canRepeat(request) && passage.tries < MAX_TRIES) {
      passage.tries += 1;
      send(request, response, passage);
    } else giveUp(passage, canRepeat(request) ? serviceAway(service, error) : serviceBrokeOff(service, error));
  };

  const onAnswer = (answer: IncomingMessage, request: Request, response: Response): void => {
    const passage = passages.get(request);
    if (passage !== undefined) end(passage);
    // The connection to the client is ours to keep or to close, whatever the service does with the one to us.
    const closing = !response.shouldKeepAlive || response.getHeader('connection') === 'close';
    answer.headers.connection = closing ? 'close' : 'keep-alive';
    delete answer.headers['keep-alive'];
    mergeVary(response, answer.headers);
    answer.once('close', () => {
      if (!answer.complete) response.destroy();
    });
  };

  const proxy = createProxyMiddleware<Request, Response>({
    // A name that is never looked up: the agent knows where the instances are.
    target: `http://${service}`,
    agent,
    toProxy: true,
    prependPath: false,
    // The default ones answer errors in words of their own.
    ejectPlugins: true,
    plugins: [proxyEventsPlugin as unknown as Plugin<Request, Response>],
    on: {
      proxyReq: (upstream, request) => {
        const passage = passages.get(request);
        if (passage === undefined) return;
        if (passage.over) upstream.destroy();
        passage.upstream = upstream;
      },
      proxyRes: onAnswer,
      error: (error, request, response) => onUpstreamError(error, request, response as Response),
    },
  });

  const send = (request: Request, response: Response, passage: Passage): void => {
    proxy(request, response, passage.next).catch((error: unknown) => onUpstreamError(error, request, response));
  };

  return (request, response, next) => {
    const refusal = refuseSmuggling(request);
    if (refusal !== undefined) {
      next(refusal);
      return;
    }
    const passage: Passage = { next, tries: 1, over: false };
    passages.set(request, passage);
    // The time of a slow upload is the client's; the service's begins when it has everything.
    request.once('end', () => {
      if (!passage.over) passage.timer = setTimeout(() => giveUp(passage, serviceTooSlow(service, timeoutMs)), timeoutMs);
    });
    response.once('close', () => {
      end(passage);
      if (!response.writableFinished) passage.upstream?.destroy();
    });
    send(request, response, passage);
  };
};
