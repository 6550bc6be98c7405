import { createSign, type KeyObject } from 'node:crypto';
import type { Role } from '@riparo/shared/contracts/roles';
import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import { TOKEN_AUDIENCE, TOKEN_ISSUER } from '@riparo/shared/http/authenticate';

export const KEY_ID = 'demo';

/** Who sends a request. */
export interface Identity {
  readonly id: string;
  readonly role: Role;
  readonly name: string;
  readonly email: string;
  readonly customerId?: string;
}

/** Somebody who works with the installation, as everybody does: through its API. */
export interface Person extends Identity {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body?: object): Promise<T>;
  put<T>(path: string, body: object): Promise<T>;
  patch<T>(path: string, body: object): Promise<T>;
  upload<T>(path: string, field: string, name: string, content: Buffer): Promise<T>;
}

export interface Door {
  readonly url: () => string;
  readonly privateKey: KeyObject;
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Long after the filling: time passes fast in it. The key is forgotten at its end, so nobody can use the token. */
const NEVER = 4_102_444_800;
/** Above the epoch of any user. */
const EPOCH = 1_000_000;

const tokenOf = ({ id, role, name, email, customerId }: Identity, key: KeyObject): string => {
  const customer = customerId === undefined ? {} : { customer: customerId };
  const who = { sub: id, tenant: DEFAULT_TENANT, role, ...customer, name, email, sid: `demo-${id}`, epoch: EPOCH, typ: 'access' };
  const text = `${encode({ alg: 'RS256', kid: KEY_ID })}.${encode({ ...who, iss: TOKEN_ISSUER, aud: TOKEN_AUDIENCE, exp: NEVER })}`;
  return `${text}.${createSign('RSA-SHA256').update(text).sign(key, 'base64url')}`;
};

/** What an answer says, or an error that names request and answer: a demo that fails is a fault of its content. */
const read = async <T>(what: string, response: Response): Promise<T> => {
  const text = await response.text();
  if (!response.ok) throw new Error(`${what} was answered with ${response.status}: ${text}`);
  return (text === '' ? undefined : (JSON.parse(text) as { data: T }).data) as T;
};

export const createPerson = ({ url, privateKey }: Door, identity: Identity): Person => {
  const authorization = `Bearer ${tokenOf(identity, privateKey)}`;
  const send = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    const headers = { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    const response = await fetch(`${url()}/api/v1${path}`, { method, headers, ...content });
    return read<T>(`${method} ${path} ${JSON.stringify(body)} by ${identity.email}`, response);
  };
  return {
    ...identity,
    get: (path) => send('GET', path),
    post: (path, body = {}) => send('POST', path, body),
    put: (path, body) => send('PUT', path, body),
    patch: (path, body) => send('PATCH', path, body),
    upload: async (path, field, name, content) => {
      const form = new FormData();
      form.append(field, new Blob([content]), name);
      return read(`POST ${path}`, await fetch(`${url()}/api/v1${path}`, { method: 'POST', headers: { authorization }, body: form }));
    },
  };
};
