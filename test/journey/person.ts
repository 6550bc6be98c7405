import { randomUUID } from 'node:crypto';
import { httpClientOf } from '@riparo/shared/testing/http-client';

/** An answer, checked against the API reference, with the body as loosely typed JSON: tests look into many shapes. */
export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
  readonly text: string;
}

export interface Problem {
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}

/** How a request is made: once, or again and again until it is acknowledged. `attempt` repeats it unchanged, key included. */
export type Persist = <T>(method: string, attempt: () => Promise<Answer<T>>) => Promise<Answer<T>>;

const once: Persist = (_method, attempt) => attempt();

/** Somebody with an app: sends requests through the gateway, signed in or not. */
export interface Person {
  readonly email: string;
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: unknown, key?: string): Promise<T>;
  put<T>(path: string, body: unknown): Promise<T>;
  patch<T>(path: string, body: unknown): Promise<T>;
  /** Without expecting success. */
  send<T>(method: string, path: string, body?: unknown, key?: string): Promise<Answer<T>>;
  logIn(): Promise<void>;
  /** The access token of the last sign-in. */
  token(): string;
}

export const PASSWORD = 'correct-horse-battery-staple';

export const createPerson = (baseUrl: string, email: string, password = PASSWORD, persist = once): Person => {
  const client = httpClientOf(baseUrl);
  let token: string | undefined;
  const request = async <T>(method: string, path: string, body?: unknown, key?: string): Promise<Answer<T>> => {
    const headers = {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    };
    const answer = await client.request(method, path, body === undefined ? undefined : JSON.stringify(body), { token, headers });
    return { status: answer.status, headers: answer.headers, body: answer.body as T, text: answer.text };
  };
  const send: Person['send'] = (method, path, body, key) => persist(method, () => request(method, path, body, key));
  const succeed = async <T>(method: string, path: string, body?: unknown, key?: string): Promise<T> => {
    const answer = await send<{ data: T }>(method, path, body, key);
    if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body.data;
  };
  return {
    email,
    send,
    get: (path) => succeed('GET', path),
    post: (path, body, key = randomUUID()) => succeed('POST', path, body, key),
    put: (path, body) => succeed('PUT', path, body),
    patch: (path, body) => succeed('PATCH', path, body),
    token: () => token ?? '',
    logIn: async () => {
      token = (await succeed<{ token: string }>('POST', '/auth/login', { email, password })).token;
    },
  };
};
