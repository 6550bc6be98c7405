/** The sort of a refusal; the HTTP layer alone maps kinds to status codes. */
export type ErrorKind =
  | 'malformed' // 400: the body is not JSON
  | 'unauthenticated' // 401
  | 'forbidden' // 403
  | 'not-found' // 404: does not exist, or belongs to somebody else
  | 'method-not-allowed' // 405
  | 'conflict' // 409
  | 'stale' // 412: If-Match names an older version
  | 'too-large' // 413
  | 'unsupported-media-type' // 415
  | 'invalid' // 422
  | 'throttled' // 429
  | 'unavailable'; // 503

/** One fault of an input; `path` is dotted, from the root of the body or the query: `device.serialNumber`. */
export interface FieldFault {
  readonly path: string;
  readonly message: string;
}

/** The members that every problem document has (RFC 9457 and ours): none of them can mean something else in one refusal. */
type CommonMember = 'type' | 'title' | 'status' | 'detail' | 'instance' | 'code' | 'requestId' | 'errors';

/** Further members of a problem document, such as `allowed` or `alternatives`. */
export type FurtherMembers = Readonly<Record<string, unknown>> & Readonly<Partial<Record<CommonMember, never>>>;

export interface ErrorDetails {
  /** All faults of the input at once. */
  readonly errors?: readonly FieldFault[];
  /** Value of the header `Retry-After`, in seconds. */
  readonly retryAfter?: number;
  readonly extra?: FurtherMembers;
  readonly cause?: unknown;
}

/**
 * A refusal that the caller can act on. `code` is what clients and tests rely on; `message` is for people. Domain code
 * makes these through named functions such as `ticketTransitionNotAllowed(...)`, never inline.
 */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  constructor(
    readonly kind: ErrorKind,
    readonly code: string,
    message: string,
    readonly details: ErrorDetails = {},
  ) {
    super(message, { cause: details.cause });
  }
}

export const isDomainError = (error: unknown): error is DomainError => error instanceof DomainError;
