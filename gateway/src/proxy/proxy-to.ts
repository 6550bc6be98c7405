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
  /** The request was answered or given up, or the client has gone. Whatever happens afterwards is ignored. */
  over: boolean;
  upstream?: ClientRequest;
  timer?: NodeJS.Timeout;
}

const MAX_TRIES = 3;

const hasBody = ({ headers }: Request): boolean => headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** A repeated GET or HEAD changes nothing, and without a body nothing of the request is used up. */
const canRepeat = (request: Request): boolean => (request.method === 'GET' || request.method === 'HEAD') && !hasBody(request);

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException | undefined)?.code;

/**
 * Refuses chunked bodies of DELETE and OPTIONS. http-proxy would send `Content-Length: 0` and then the chunks, which
 * the service would read as a second request.
 */
const refuseSmuggling = ({ method, headers }: Request): DomainError | undefined =>
  (method === 'DELETE' || method === 'OPTIONS') && headers['transfer-encoding'] !== undefined
    ? new DomainError('malformed', 'MALFORMED_REQUEST', `${method} takes no chunked body.`)
    : undefined;

const mergeVary = (response: Response, headers: IncomingMessage['headers']): void => {
  const own = response.getHeader('vary');
  if (typeof own === 'string' && headers.vary !== undefined && headers.vary !== own) headers.vary = `${own}, ${headers.vary}`;
};

/** Passes requests to the instances of a service and the answers back, both as streams. */
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
      // Half of the answer is sent already. Cutting the connection is the only way to tell the client that the answer is incomplete.
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
    // Whether the client's connection stays open is the gateway's decision; the service's `Connection` header concerns only
    // the connection to the gateway.
    const closing = !response.shouldKeepAlive || response.getHeader('connection') === 'close';
    answer.headers.connection = closing ? 'close' : 'keep-alive';
    delete answer.headers['keep-alive'];
    mergeVary(response, answer.headers);
    answer.once('close', () => {
      if (!answer.complete) response.destroy();
    });
  };

  const proxy = createProxyMiddleware<Request, Response>({
    // This host name is never looked up: the agent knows the instances.
    target: `http://${service}`,
    agent,
    toProxy: true,
    prependPath: false,
    // http-proxy-middleware's default plugins answer errors with texts of their own.
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
    // The time limit starts when the service has the whole request: the time of a slow upload is the client's own.
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
