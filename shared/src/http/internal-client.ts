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
  readonly baseUrl: string;
  readonly tokens: ServiceTokens;
  /** Default 3,000 ms. */
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

export const createInternalClient = ({ service, baseUrl, tokens, timeoutMs = 3_000 }: InternalClientOptions): InternalClient => {
  const call = async <T>(method: string, path: string, extra: Record<string, string>, body?: string): Promise<T> => {
    const context = currentContext();
    const headers = {
      authorization: `Bearer ${tokens.mint()}`,
      ...(context === undefined ? {} : { 'x-request-id': context.requestId }),
      ...(context?.traceparent === undefined ? {} : { traceparent: context.traceparent }),
      ...extra,
    };
    const response = await fetch(new URL(path, baseUrl), {
      method,
      headers,
      signal: AbortSignal.timeout(timeoutMs),
      ...(body === undefined ? {} : { body }),
    }).catch((error: unknown) => {
      throw new DomainError('unavailable', 'DEPENDENCY_UNAVAILABLE', `The ${service} service does not answer.`, {
        retryAfter: 5,
        cause: error,
      });
    });
    if (!response.ok) throw await asError(response, service);
    return response.status === 204 ? (undefined as T) : ((await response.json()) as { data: T }).data;
  };
  return {
    get: (path) => call('GET', path, {}),
    post: (path, body, idempotencyKey) =>
      call('POST', path, { 'content-type': 'application/json', 'idempotency-key': idempotencyKey }, JSON.stringify(body)),
  };
};
