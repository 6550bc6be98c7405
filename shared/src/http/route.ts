import type Joi from 'joi';
import type { Caller } from '../contracts/caller.js';
import type { Permission } from '../contracts/permissions.js';
import type { IdSource } from '../runtime/ids.js';

/** What a use case is given: verified, validated, and nothing of HTTP that it does not need. */
export interface Call<Body = unknown, Query = unknown, Params = Record<string, string>, Who = Caller> {
  /** `undefined` on public routes only. */
  readonly caller: Who;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** The moment of the request; under an Idempotency-Key the moment of its first run. */
  readonly now: Date;
  /** Under an Idempotency-Key the same ids on every run. */
  readonly ids: IdSource;
  /** The version that `If-Match` names. */
  readonly ifMatch?: number;
  readonly requestId: string;
  /** The client's address as the gateway saw it. */
  readonly ip: string;
  readonly userAgent?: string;
  /** The `Accept` header, for routes that can answer in more than one form. */
  readonly accept?: string;
  /** The `If-None-Match` header, for routes whose answer its ETag names: they may answer 304. */
  readonly ifNoneMatch?: string;
  /** On routes with `upload`: the file that was sent. */
  readonly file?: UploadedFile;
}

/** A file of a multipart body, within the route's limit; what it really is says only its content. */
export interface UploadedFile {
  readonly bytes: Buffer;
  /** As the client named it: for showing, never for a path. */
  readonly filename: string;
}

/** What a route takes instead of JSON: `multipart/form-data` with this one file and nothing else. */
export interface UploadRule {
  readonly field: string;
  readonly maxBytes: number;
}

/** A call without a signed-in caller. */
export type PublicCall<Body = unknown, Query = unknown, Params = Record<string, string>> = Call<Body, Query, Params, undefined>;

/** A use case's answer; `reply.ts` makes them (`ok`, `created`, `accepted`, `noContent`, `page`, `file`). */
export interface Reply {
  readonly status: number;
  /** Sent as JSON as it stands, or as bytes when it is a Buffer. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export type UseCase<Body, Query, Params, Who> = (call: Call<Body, Query, Params, Who>) => Promise<Reply>;

/** joi schemas of a route's three inputs; what is not given must be absent (a body, unknown query keys). */
export interface RouteInput<Body, Query, Params> {
  readonly body?: Joi.ObjectSchema<Body>;
  readonly query?: Joi.ObjectSchema<Query>;
  /** Default: every `:id`-like parameter must be a UUID (anything else is simply not found: 404). */
  readonly params?: Joi.ObjectSchema<Params>;
}

/**
 * Who may call: a permission, any one of several, everybody signed in, everybody, or another Riparo service
 * (`/internal/*`, with a service token).
 */
export type Access = Permission | readonly Permission[] | 'signed-in' | 'public' | 'internal';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One endpoint: a line in a service's `routes.ts`. */
export interface Route {
  readonly method: Method;
  /** Express path below `/api/v1`, or from the root when `root` is set. */
  readonly path: string;
  readonly access: Access;
  /** One sentence for the API reference. */
  readonly summary: string;
  readonly input: RouteInput<unknown, unknown, unknown>;
  /** The answer's status when it succeeds, for the API reference. */
  readonly success: number;
  /** POSTs that make something honour `Idempotency-Key`. */
  readonly creates: boolean;
  /**
   * Whether a successful answer is kept for its Idempotency-Key. `false` where it holds tokens or other secrets: the use
   * case then runs again with the ids and the moment of the first run, makes nothing twice, and answers afresh.
   */
  readonly replay: boolean;
  readonly root: boolean;
  /** The body is one file. */
  readonly upload?: UploadRule;
  readonly handle: UseCase<unknown, unknown, Record<string, string>, unknown>;
}

export interface RouteOptions {
  readonly success?: number;
  readonly creates?: boolean;
  readonly replay?: boolean;
  readonly root?: boolean;
  readonly upload?: UploadRule;
}

type Maker = <Body = unknown, Query = unknown, Params = Record<string, string>, Who extends Caller | undefined = Caller>(
  path: string,
  access: Access,
  summary: string,
  input: RouteInput<Body, Query, Params>,
  handle: UseCase<Body, Query, Params, Who>,
  options?: RouteOptions,
) => Route;

const maker =
  (method: Method, defaults: RouteOptions): Maker =>
  (path, access, summary, input, handle, options = {}) => ({
    method,
    path,
    access,
    summary,
    input: input,
    handle: handle as unknown as Route['handle'],
    success: options.success ?? defaults.success ?? 200,
    creates: options.creates ?? defaults.creates ?? false,
    replay: options.replay ?? true,
    root: options.root ?? false,
    ...(options.upload === undefined ? {} : { upload: options.upload }),
  });

export const get = maker('GET', {});
/** A POST that makes something: 201 and `Idempotency-Key`. */
export const create = maker('POST', { success: 201, creates: true });
/** A POST that is an action on something that exists. */
export const action = maker('POST', {});
export const put = maker('PUT', {});
export const patch = maker('PATCH', {});
export const remove = maker('DELETE', { success: 204 });
