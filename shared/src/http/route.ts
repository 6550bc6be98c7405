import type { ServerResponse } from 'node:http';
import type Joi from 'joi';
import type { Caller } from '../contracts/caller.js';
import type { Permission } from '../contracts/permissions.js';
import type { IfMatch } from '../persistence/if-match.js';
import type { IdSource } from '../runtime/ids.js';
import type { GivenCookies, PageCookies } from './page-session.js';
import type { Answer, OtherAnswer } from './reference/answer.js';
import type { LimitClass } from './reference/limit-class.js';
import type { ProblemMembers, Problems } from './reference/problems.js';

/** The input of a use case: the verified caller and validated data, and of HTTP only what use cases need. */
export interface Call<Body = unknown, Query = unknown, Params = Record<string, string>, Who = Caller> {
  /** `undefined` on public routes only. */
  readonly caller: Who;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** The moment of the request. Under an Idempotency-Key: the moment of the key's first run. */
  readonly now: Date;
  /** Under an Idempotency-Key every run gets the same ids. */
  readonly ids: IdSource;
  /** The versions that `If-Match` names. */
  readonly ifMatch?: IfMatch;
  readonly requestId: string;
  /** The client's address as the gateway saw it. */
  readonly ip: string;
  /** Whether a person at the machine itself asks, see `isFromThisMachine`. */
  readonly fromThisMachine: boolean;
  readonly userAgent?: string;
  /** The `Accept` header, for routes that can answer in several formats. */
  readonly accept?: string;
  /** The `Accept-Language` header, for pages. */
  readonly acceptLanguage?: string;
  /** The `If-None-Match` header, for routes that send an ETag and may answer 304, see `isKnown`. */
  readonly ifNoneMatch?: string;
  /** The uploaded file, on routes with `upload`. */
  readonly file?: UploadedFile;
  /** The signed body, on routes with `signature`. */
  readonly signed?: SignedBody;
  /** On pages with `cookies`. */
  readonly cookies?: GivenCookies;
  /** On routes with `stream`. */
  readonly stream?: StreamOpening;
}

/** What a stream needs to know of the request that opens it. */
export interface StreamOpening {
  /** The verified access token: a stream outlives the check of its opening and has to check it again. */
  readonly token: string;
  /** The `Last-Event-ID` header, from a client that was here before. */
  readonly lastEventId?: string;
}

/** A body as it was sent, byte for byte, with the header that signs it. */
export interface SignedBody {
  readonly bytes: Buffer;
  readonly signature: string;
}

/** How a signed body is read where the usual limit does not do. */
export interface SignedRule {
  readonly maxBytes: number;
  /** Looks at the signing header before the first byte of the body is read, and throws where it refuses the sender. */
  readonly admit: (header: string) => void;
}

/** A file of a multipart body, within the route's size limit. Its type is known only from its content. */
export interface UploadedFile {
  readonly bytes: Buffer;
  /** The client's name for the file. It is only shown, never used as a path. */
  readonly filename: string;
}

/** A route that takes an upload instead of JSON: `multipart/form-data` with this one file and nothing else. */
export interface UploadRule {
  readonly field: string;
  readonly maxBytes: number;
}

/** A call without a signed-in caller. */
export type PublicCall<Body = unknown, Query = unknown, Params = Record<string, string>> = Call<Body, Query, Params, undefined>;

/** The answer of a use case. `reply.ts` makes it (`ok`, `created`, `accepted`, `noContent`, `list`, `file`). */
export interface Reply {
  readonly status: number;
  /** Sent as JSON, or as bytes when it is a Buffer. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Writes the body on and on, once the head is sent. */
  readonly stream?: (response: ServerResponse) => void;
}

export type UseCase<Body, Query, Params, Who> = (call: Call<Body, Query, Params, Who>) => Promise<Reply>;

/** joi schemas of a route's three inputs. Without a schema the request may carry no body and no query. */
export interface RouteInput<Body, Query, Params> {
  readonly body?: Joi.ObjectSchema<Body>;
  readonly query?: Joi.ObjectSchema<Query>;
  /** Default: every parameter such as `:id` must be a UUID. Another value is answered 404, because no such thing exists. */
  readonly params?: Joi.ObjectSchema<Params>;
}

/**
 * Who may call the route: callers with a permission, with one of several permissions, everybody signed in, everybody,
 * or another Riparo service (`/internal/*`, with a service token).
 */
export type Access = Permission | readonly Permission[] | 'signed-in' | 'public' | 'internal';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Part of the API reference; `about` is a sentence. */
export interface Tag {
  readonly name: string;
  readonly about: string;
}

/** What the API reference says of a route beyond its summary and input. `operations` makes a table of them. */
export interface Described {
  /** The operation's name in clients made from the reference, in camelCase (`listTickets`). It never changes. */
  readonly id?: string;
  /** The noun that it belongs to. */
  readonly tag?: Tag;
  readonly answer?: Answer;
  /** Codes of refusals by status, beyond those that every route of its kind has (`reference/problems.ts`). */
  readonly problems?: Problems;
  /** Further members of the problem documents of some of these codes; codes that the route is not refused with change nothing. */
  readonly members?: ProblemMembers;
  /** Limits on how often it can be asked for, beyond those of every route; their codes need not be among `problems`. */
  readonly limits?: readonly LimitClass[];
  /** Of a change to what has no version: it reads no `If-Match`. */
  readonly unversioned?: boolean;
  /** Further answers by status. A GET with one for 304 reads `If-None-Match`. */
  readonly others?: Readonly<Record<number, OtherAnswer>>;
  /** Headers of a successful answer beyond those that follow from its kind, by name, with a sentence each. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Describes the operations of a noun, in its `<noun>.reference.ts`; the keys are their names. `members` are those of the
 * noun's refusals, for all of its operations.
 */
export const operations = <Id extends string>(
  tag: Tag,
  table: Readonly<Record<Id, Omit<Described, 'id' | 'tag'>>>,
  members: ProblemMembers = {},
): Readonly<Record<Id, Described>> =>
  Object.fromEntries(
    Object.entries<Omit<Described, 'id' | 'tag'>>(table).map(([id, described]) => [
      id,
      { ...described, id, tag, members: { ...members, ...described.members } },
    ]),
  ) as Record<Id, Described>;

/** One endpoint: a line in a service's `routes.ts`. */
export interface Route extends Described {
  readonly method: Method;
  /** Express path below `/api/v1`, or from the root when `root` is set. */
  readonly path: string;
  readonly access: Access;
  /** One sentence for the API reference. */
  readonly summary: string;
  readonly input: RouteInput<unknown, unknown, unknown>;
  /** Status of a successful answer, for the API reference. */
  readonly success: number;
  /** True for a POST that makes something: it honours `Idempotency-Key`. */
  readonly creates: boolean;
  /**
   * Whether a successful answer is kept under its Idempotency-Key. `false` where the answer holds tokens or other
   * secrets: a repetition runs the use case again with the ids and the moment of the first run. The use case makes
   * nothing twice and answers afresh.
   */
  readonly replay: boolean;
  readonly root: boolean;
  /** A page that people open, or where its form goes: nothing in its address and form is refused before the use case, which answers in words. */
  readonly page: boolean;
  /**
   * Of a page that reads cookies: their names. A GET that is not public is signed in to by cookie, and by nothing else: whoever is
   * not signed in is led to the sign-in page. No other route reads a cookie.
   */
  readonly cookies?: PageCookies;
  /** The body is one file of this rule. */
  readonly upload?: UploadRule;
  /** Somebody outside signs the body, in this header (in small letters): the use case gets the bytes, and checks them before it reads them. */
  readonly signature?: string;
  /** A successful answer goes on for as long as the client listens. */
  readonly stream: boolean;
  readonly signed?: SignedRule;
  readonly handle: UseCase<unknown, unknown, Record<string, string>, unknown>;
}

export interface RouteOptions extends Described {
  readonly success?: number;
  readonly creates?: boolean;
  readonly replay?: boolean;
  readonly root?: boolean;
  readonly page?: boolean;
  readonly cookies?: PageCookies;
  readonly upload?: UploadRule;
  readonly signature?: string;
  readonly stream?: boolean;
  readonly signed?: SignedRule;
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
    ...options,
    method,
    path,
    access,
    summary,
    input: input,
    handle: handle as unknown as Route['handle'],
    success: options.success ?? defaults.success ?? 200,
    creates: options.creates ?? defaults.creates ?? false,
    replay: options.replay ?? true,
    root: options.root ?? options.page ?? false,
    page: options.page ?? false,
    stream: options.stream ?? false,
  });

export const get = maker('GET', {});
/** A POST that makes something: 201 and `Idempotency-Key`. */
export const create = maker('POST', { success: 201, creates: true });
/** A POST that is an action on something that exists. */
export const action = maker('POST', {});
export const put = maker('PUT', {});
export const patch = maker('PATCH', {});
export const remove = maker('DELETE', { success: 204 });
