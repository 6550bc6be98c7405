import type { FieldFault } from '../errors/domain-error.js';
import { API_PREFIX } from '../http/path.js';
import type { AnswerCheck, ReceivedAnswer } from './check-answer.js';
import { checkLocation } from './check-location.js';
import { recordExchange } from './record-exchange.js';
import { checkOfSystem, readCheck } from './reference-check.js';

/** The fields that a test can expect in `data` without a type of its own. */
export interface AnyData {
  readonly id: string;
  readonly [field: string]: unknown;
}

/** Success and problem documents in one type: the status tells the test which one it has. */
export interface AnswerBody<T> {
  readonly data: T;
  readonly message?: string;
  readonly timestamp: string;
  readonly pagination: {
    readonly page: number;
    readonly pageSize: number;
    readonly totalPages: number;
    readonly totalCount: number;
    readonly totalIsLowerBound?: true;
  };
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly requestId: string;
  readonly errors: readonly FieldFault[];
  readonly [member: string]: unknown;
}

export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON; an empty object for anything else. */
  readonly body: AnswerBody<T>;
  readonly text: string;
}

export interface RequestOptions {
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** The path is from the root, not below `/api/v1`. */
  readonly root?: boolean;
}

export interface HttpClient {
  get<T = AnyData>(path: string, options?: RequestOptions): Promise<Answer<T>>;
  post<T = AnyData>(path: string, body?: unknown, options?: RequestOptions): Promise<Answer<T>>;
  put<T = AnyData>(path: string, body?: unknown, options?: RequestOptions): Promise<Answer<T>>;
  patch<T = AnyData>(path: string, body?: unknown, options?: RequestOptions): Promise<Answer<T>>;
  delete<T = AnyData>(path: string, options?: RequestOptions): Promise<Answer<T>>;
  /** `raw` is sent unchanged. */
  request<T = AnyData>(
    method: string,
    path: string,
    raw?: string | Uint8Array<ArrayBuffer> | FormData,
    options?: RequestOptions,
  ): Promise<Answer<T>>;
}

const parse = (text: string, contentType: string | null): unknown =>
  contentType?.includes('json') === true && text !== '' ? JSON.parse(text) : {};

/**
 * How often the reference is read before an answer is refused: that of a gateway lacks a service which has not told its part
 * within some seconds, and is whole at the next reading or the one after.
 */
const MAX_READINGS = 5;

/** For servers that stand in for others and have no reference of their own. */
const unchecked: AnswerCheck = () => undefined;

export interface ClientOptions {
  /** `false` for servers that stand in for others; default `true`. */
  readonly checked?: boolean;
  /** Where the check comes from, until an answer is not as it says: from then on from the server's own reference, as by default. */
  readonly firstCheck?: (baseUrl: string) => Promise<AnswerCheck>;
}

/**
 * A small JSON client for tests. Every answer is checked against the server's own API reference: what that does not
 * describe fails the test.
 */
export const createHttpClient = (baseUrl: string, { checked = true, firstCheck = readCheck }: ClientOptions = {}): HttpClient => {
  let check = checked ? undefined : Promise.resolve(unchecked);
  const checkAnswer = async (answer: ReceivedAnswer): Promise<string | undefined> => {
    for (let readings = 1; ; readings++) {
      try {
        return (await (check ??= readings === 1 ? firstCheck(baseUrl) : readCheck(baseUrl)))(answer);
      } catch (error) {
        check = undefined;
        if (readings === MAX_READINGS) throw error;
      }
    }
  };
  const request: HttpClient['request'] = async (method, path, raw, { token, headers = {}, root = false } = {}) => {
    const response = await fetch(`${baseUrl}${root ? '' : API_PREFIX}${path}`, {
      method,
      redirect: 'manual',
      headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
      ...(raw === undefined ? {} : { body: raw }),
    });
    const text = await response.text();
    const [address, answered] = [new URL(response.url), parse(text, response.headers.get('content-type'))];
    const answer = { method, path: address.pathname, status: response.status, headers: response.headers, text };
    const operationId = await checkAnswer(answer);
    if (operationId !== undefined && response.ok) {
      const sent = typeof raw === 'string' ? parse(raw, headers['content-type'] ?? 'json') : undefined;
      recordExchange({ operationId, path: address.pathname + address.search, status: response.status, sent, answered });
      await checkLocation(operationId, response, token ?? (answered as { data?: { token?: string } }).data?.token);
    }
    return { status: response.status, headers: response.headers, text, body: answered as never };
  };
  const withJson = <T>(method: string, path: string, body: unknown, options: RequestOptions = {}): Promise<Answer<T>> =>
    body === undefined
      ? request<T>(method, path, undefined, options)
      : request<T>(method, path, JSON.stringify(body), { ...options, headers: { 'content-type': 'application/json', ...options.headers } });
  return {
    request,
    get: (path, options) => request('GET', path, undefined, options),
    delete: (path, options) => request('DELETE', path, undefined, options),
    post: (path, body, options) => withJson('POST', path, body, options),
    put: (path, body, options) => withJson('PUT', path, body, options),
    patch: (path, body, options) => withJson('PATCH', path, body, options),
  };
};

const clients = new Map<string, HttpClient>();

/** The client of a system that has its address for itself, for everybody who asks it: the API reference is read once. */
export const httpClientOf = (baseUrl: string): HttpClient => {
  const client = clients.get(baseUrl) ?? createHttpClient(baseUrl, { firstCheck: checkOfSystem });
  clients.set(baseUrl, client);
  return client;
};
