import { DomainError, type ErrorKind, type FieldFault } from '../errors/domain-error.js';
import { unavailable } from '../errors/common-errors.js';
import { currentContext } from '../runtime/context.js';
import { STATUS_OF } from './error-handler.js';
import type { ServiceTokens } from './service-token.js';

/** Calls another Riparo service's `/internal/*` paths. Throws `DomainError`s only: the other side's own, or 503. */
export interface InternalClient {
  /** `path` from the root, e.g. `/internal/customers/<id>`; answers the body's `data`. */
  get<T>(path: string): Promise<T>;
  /** `idempotencyKey` makes it safe to repeat, which is why it is not optional. */
  post<T>(path: string, body: unknown, idempotencyKey: string): Promise<T>;
}

export interface InternalClientOptions {
  /** For messages: `auth`. */
  readonly service: string;
  /**
   * One address, or those of several instances with commas between them: one that does not answer is followed by the
   * next, which is safe because both methods can be repeated. As a function where it is known only after the start.
   */
  readonly baseUrl: string | (() => string);
  readonly tokens: ServiceTokens;
  /** For each instance; default 3,000 ms. */
  readonly timeoutMs?: number;
}

const KIND_OF = new Map(Object.entries(STATUS_OF).map(([kind, status]) => [status, kind as ErrorKind]));

const asError = async (response: Response, service: string): Promise<DomainError> => {
  const problem = (await response.json().catch(() => ({}))) as { code?: string; detail?: string; errors?: readonly FieldFault[] };
  const kind = KIND_OF.get(response.status);
  // Our own token refused, or a fault over there: nothing the caller of this service could act on.
  if (kind === undefined || kind === 'unauthenticated' || kind === 'unavailable' || problem.code === undefined)
    return unavailable(`The ${service} service`);
  return new DomainError(kind, problem.code, problem.detail ?? '', problem.errors === undefined ? {} : { errors: problem.errors });
};

const contextHeaders = (): Record<string, string> => {
  const context = currentContext();
  return {
    ...(context === undefined ? {} : { 'x-request-id': context.requestId }),
    ...(context?.traceparent === undefined ? {} : { traceparent: context.traceparent }),
  };
};

/** Answers of instances in turn, beginning with another one each time. */
const createRotation = (baseUrl: string | (() => string)): (() => readonly string[]) => {
  let turn = 0;
  return () => {
    const text = typeof baseUrl === 'string' ? baseUrl : baseUrl();
    const all = text.split(',').map((url) => url.trim());
    const first = turn++ % all.length;
    return [...all.slice(first), ...all.slice(0, first)];
  };
};

export const createInternalClient = ({ service, baseUrl, tokens, timeoutMs = 3_000 }: InternalClientOptions): InternalClient => {
  const instances = createRotation(baseUrl);

  const send = async (path: string, init: RequestInit): Promise<Response> => {
    let cause: unknown;
    for (const base of instances()) {
      try {
        return await fetch(new URL(path, base), { ...init, signal: AbortSignal.timeout(timeoutMs) });
      } catch (error) {
        cause = error;
      }
    }
    throw new DomainError('unavailable', 'DEPENDENCY_UNAVAILABLE', `The ${service} service does not answer.`, { retryAfter: 5, cause });
  };

  const call = async <T>(path: string, method: string, extra: Record<string, string> = {}, body?: string): Promise<T> => {
    const headers = { authorization: `Bearer ${tokens.mint()}`, ...contextHeaders(), ...extra };
    const response = await send(path, { method, headers, ...(body === undefined ? {} : { body }) });
    if (!response.ok) throw await asError(response, service);
    return response.status === 204 ? (undefined as T) : ((await response.json()) as { data: T }).data;
  };

  return {
    get: (path) => call(path, 'GET'),
    post: (path, body, idempotencyKey) =>
      call(path, 'POST', { 'content-type': 'application/json', 'idempotency-key': idempotencyKey }, JSON.stringify(body)),
  };
};
