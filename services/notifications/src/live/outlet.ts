/** What a client is told. `type` is that of the event, or one of the words of `Word`. */
export interface LiveMessage {
  /** The place of the change; a client that comes back with it is told what came after. */
  readonly id: string;
  readonly type: string;
  /** What changed: its path below `/api/v1`, such as `tickets/<id>`. */
  readonly subject: string;
  /** When it changed, ISO 8601 UTC. */
  readonly at: string;
  /** What a GET answers the reader now. */
  readonly data: unknown;
}

/** Why a stream ends. */
export const END_REASONS = {
  /** The access token has expired: refresh it and come back. */
  TOKEN_EXPIRED: 4401,
  /** Signed out, disabled, or with another role or customer: sign in again. */
  SESSION_ENDED: 4401,
  /** The process stops: come back, another instance answers. */
  STOPPING: 1001,
  /** The client does not read what it is sent. */
  TOO_SLOW: 4408,
  /** What was to be told could not be read: come back a little later. */
  UNAVAILABLE: 1013,
} as const;
export type EndReason = keyof typeof END_REASONS;

/** The wire to one client. No method waits. */
export interface Outlet {
  /** Everything from `id` on is told from now on. */
  ready(id: string, topics: readonly string[]): void;
  /** What came before `id` is not known any more: load anew. */
  reset(id: string): void;
  tell(message: LiveMessage): void;
  /** It is not there any more for this reader. */
  gone(message: Omit<LiveMessage, 'data' | 'type'>): void;
  /** Shows the client and proxies that the stream lives, and moves its place on. */
  beat(id: string): void;
  end(reason: EndReason): void;
  /** Bytes that the client has not taken yet. */
  unsent(): number;
}
