import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

/** Data of one request or one handled event that its logs, calls and events carry. */
export interface RequestContext {
  readonly requestId: string;
  /** W3C trace context: `00-<trace id>-<parent id>-<flags>`. */
  readonly traceparent?: string;
}

// The one exception to "no module-level state": an AsyncLocalStorage holds nothing itself, the running call chain does.
const storage = new AsyncLocalStorage<RequestContext>();

/** Runs `fn`, and everything it awaits, inside `context`. */
export const runInContext = <T>(context: RequestContext, fn: () => T): T => storage.run(context, fn);

/** The context of the running request or event; `undefined` outside of one (cron, start). */
export const currentContext = (): RequestContext | undefined => storage.getStore();

const SAFE_ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{7,99}$/;
const TRACEPARENT = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/**
 * The context of an incoming request: its `X-Request-Id` and `traceparent` when they are well-formed, else new ones, so
 * that nothing a client sends can forge a log line.
 */
export const contextFrom = (requestId: string | undefined, traceparent: string | undefined): RequestContext => ({
  requestId: requestId !== undefined && SAFE_ID.test(requestId) ? requestId : randomUUID(),
  traceparent: traceparent !== undefined && TRACEPARENT.test(traceparent) ? traceparent : newTraceparent(),
});

const newTraceparent = (): string => {
  // Node takes UUIDs from a cache of random bytes: many times cheaper than a request for 24 random bytes each time.
  const parent = randomUUID().slice(-12) + randomUUID().slice(-4);
  return `00-${randomUUID().replaceAll('-', '')}-${parent}-01`;
};
