import { addressesIn } from '../config/addresses.js';
import { DomainError, type ErrorKind, type FieldFault } from '../errors/domain-error.js';
import { unavailable } from '../errors/common-errors.js';
import { currentContext } from '../runtime/context.js';
import { STATUS_OF } from './error-handler.js';
import type { ServiceTokens } from './service-token.js';

/** Calls `/internal/*` paths of another Riparo service. Throws `DomainError`s only: the error that the other service answered, or 503. */
export interface InternalClient {
  /** `path` starts at the root: `/internal/customers/<id>`. Resolves to the `data` of the answer. */
  get<T>(path: string): Promise<T>;
  /** The call may be repeated after a lost answer, so `idempotencyKey` is required. */
  post<T>(path: string, body: unknown, idempotencyKey: string): Promise<T>;
}

/** A file for another service. */
export interface InternalFile {
  readonly bytes: Buffer;
  readonly fileName: string;
}

/** Also sends files, to the service's routes with an upload. */
export interface UploadingClient extends InternalClient {
  upload<T>(path: string, file: InternalFile, idempotencyKey: string): Promise<T>;
}

export interface InternalClientOptions {
  /** The other service's name in error messages: `auth`. */
  readonly service: string;
  /**
   * One address, or the addresses of several instances with commas between. When one instance does not answer, the next
   * one is asked; that is safe because both methods can be repeated. A function where the address is known only after the
   * start.
   */
  readonly baseUrl: string | (() => string);
  readonly tokens: ServiceTokens;
  /** Time limit of each instance; default 3,000 ms: with two instances a call fails after 6 s at most. */
  readonly timeoutMs?: number;
}

const KIND_OF = new Map(Object.entries(STATUS_OF).map(([kind, status]) => [status, kind as ErrorKind]));

/** A problem document; members besides these belong to the error itself, such as `candidates`. */
interface Problem extends Readonly<Record<string, unknown>> {
  readonly code?: string;
  readonly detail?: string;
  readonly errors?: readonly FieldFault[];
}

const asError = async (response: Response, service: string): Promise<DomainError> => {
  const problem = (await response.json().catch(() => ({}))) as Problem;
  const kind = KIND_OF.get(response.status);
  // The other service refused Riparo's own token, or has a fault: the caller of this service can do nothing about either.
  if (kind === undefined || kind === 'unauthenticated' || kind === 'unavailable' || problem.code === undefined)
    return unavailable(`The ${service} service`);
  const { type: _type, title: _title, status: _status, requestId: _requestId, code, detail = '', errors, ...extra } = problem;
  return new DomainError(kind, code, detail, {
    ...(errors === undefined ? {} : { errors }),
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
  });
};

const contextHeaders = (): Record<string, string> => {
  const context = currentContext();
  return {
    ...(context === undefined ? {} : { 'x-request-id': context.requestId }),
    ...(context?.traceparent === undefined ? {} : { traceparent: context.traceparent }),
  };
};

/** Makes the function that returns all instances in turn: `a, b, c`, then `b, c, a`, then `c, a, b`. */
const createRotation = (baseUrl: string | (() => string)): (() => readonly string[]) => {
  let turn = 0;
  return () => {
    const text = typeof baseUrl === 'string' ? baseUrl : baseUrl();
    const all = addressesIn(text);
    const first = turn++ % all.length;
    return [...all.slice(first), ...all.slice(0, first)];
  };
};

export const createInternalClient = ({ service, baseUrl, tokens, timeoutMs = 3_000 }: InternalClientOptions): UploadingClient => {
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

  const call = async <T>(path: string, method: string, extra: Record<string, string> = {}, body?: string | FormData): Promise<T> => {
    const headers = { authorization: `Bearer ${tokens.mint()}`, ...contextHeaders(), ...extra };
    const response = await send(path, { method, headers, ...(body === undefined ? {} : { body }) });
    if (!response.ok) throw await asError(response, service);
    return response.status === 204 ? (undefined as T) : ((await response.json()) as { data: T }).data;
  };

  return {
    get: (path) => call(path, 'GET'),
    post: (path, body, idempotencyKey) =>
      call(path, 'POST', { 'content-type': 'application/json', 'idempotency-key': idempotencyKey }, JSON.stringify(body)),
    upload: (path, { bytes, fileName }, idempotencyKey) => {
      const form = new FormData();
      form.set('file', new Blob([new Uint8Array(bytes)]), fileName);
      return call(path, 'POST', { 'idempotency-key': idempotencyKey }, form);
    },
  };
};
