import createClient, { type Client } from 'openapi-fetch';
import { OPERATIONS_WITH_KEY } from './operations-with-key.js';
import { createRetryingFetch, type RetryOptions } from './retry.js';
import type { components, paths } from './schema.js';
import { createSessions, type Session } from './sessions.js';

export type { components, paths } from './schema.js';
export type { Session } from './sessions.js';

type Schemas = components['schemas'];
/** A refusal (RFC 9457). Rely on its `code`. */
export type Problem = Schemas['Problem'];

export interface RiparoOptions extends RetryOptions {
  /** Where the gateway is, without `/api/v1`: `https://riparo.example`. */
  readonly baseUrl: string;
  /** A session that was kept, so that nobody has to sign in again. */
  readonly session?: Session | undefined;
  /** Called with every new session, and with `undefined` when it has ended: keep it where it is safe. */
  readonly onSession?: (session: Session | undefined) => void;
}

/** Paths whose GET answers pages. */
export type PagedPath = {
  [Path in keyof paths]: paths[Path] extends { get: { responses: { 200: { content: { 'application/json': { pagination: unknown } } } } } }
    ? Path
    : never;
}[keyof paths];

type PageOf<Path extends PagedPath> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': { data: (infer Item)[] } } } } };
}
  ? Item
  : never;

type ParametersOf<Path extends PagedPath> = paths[Path] extends { get: { parameters: infer Parameters } } ? Parameters : never;

export interface Riparo extends Client<paths> {
  /** Every later request is made by this person. A refusal is `error`, as with every request. */
  signIn(email: string, password: string): Promise<{ readonly error?: Problem }>;
  /** Ends the session here and on the server. */
  signOut(): Promise<void>;
  /** All items of all pages, one after the other; throws the `Problem` of a page that is refused. */
  all<Path extends PagedPath>(path: Path, parameters?: Partial<ParametersOf<Path>>): AsyncGenerator<PageOf<Path>, void, undefined>;
}

const takesKey = (method: string, path: string): boolean => OPERATIONS_WITH_KEY.has(`${method} ${path}`);

/** A client of the Riparo API. One client is one person. */
export const createRiparo = ({ baseUrl, session, onSession = () => undefined, ...retry }: RiparoOptions): Riparo => {
  const send = createRetryingFetch(retry);
  const plain = createClient<paths>({ baseUrl, fetch: send });
  const sessions = createSessions(async (refreshToken) => {
    const { data } = await plain.POST('/api/v1/auth/refresh', { body: { refreshToken } });
    return data?.data;
  }, onSession);
  sessions.set(session);

  const sendAs = async (request: Request): Promise<Response> => {
    const token = await sessions.token();
    if (token === undefined) return send(request);
    const as = (bearer: string): Request => {
      const copy = request.clone();
      copy.headers.set('Authorization', `Bearer ${bearer}`);
      return copy;
    };
    const answer = await send(as(token));
    const renewed = answer.status === 401 ? await sessions.renew(token) : undefined;
    return renewed === undefined ? answer : send(as(renewed));
  };

  const client = createClient<paths>({ baseUrl, fetch: sendAs });
  client.use({
    onRequest: ({ request, schemaPath }) => {
      if (takesKey(request.method, schemaPath) && !request.headers.has('Idempotency-Key'))
        request.headers.set('Idempotency-Key', crypto.randomUUID());
      return request;
    },
  });

  return Object.assign(client, {
    signIn: async (email: string, password: string) => {
      const { data, error } = await plain.POST('/api/v1/auth/login', { body: { email, password } });
      if (data === undefined) return { error };
      sessions.set(data.data);
      return {};
    },
    signOut: async () => {
      if (sessions.current !== undefined) await client.POST('/api/v1/auth/logout');
      sessions.set(undefined);
    },
    all: (path: PagedPath, parameters: { readonly query?: object } = {}) => allPages(client, path, parameters),
  }) as unknown as Riparo;
};

interface Page {
  readonly data?: { readonly data: readonly unknown[]; readonly pagination: Schemas['Pagination'] };
  readonly error?: unknown;
}

async function* allPages(client: Client<paths>, path: PagedPath, parameters: { readonly query?: object }) {
  for (let page = 1; ; page++) {
    const params = { ...parameters, query: { pageSize: 100, ...parameters.query, page } };
    const { data, error } = (await client.GET(path, { params } as never)) as Page;
    if (data === undefined) throw error;
    yield* data.data;
    if (page >= data.pagination.totalPages) return;
  }
}
