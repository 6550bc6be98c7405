import { isDomainError } from '@riparo/shared/errors/domain-error';
import type { TokenVerifier } from '@riparo/shared/http/authenticate';
import type { Clock } from '@riparo/shared/runtime/clock';
import type { Placed } from './journal.js';
import type { EndReason, Outlet } from './outlet.js';
import { subjectPath } from './signal.js';
import { lost, mayConcern } from './topics.js';
import type { Sight, Viewer, Views } from './views.js';

/** One open stream of one person. */
export interface Stream {
  readonly viewer: Viewer;
  readonly topics: Set<string>;
  /** Takes the next signal of the tenant; signals come in the order of their places. */
  offer(signal: Placed): void;
  /** Tells the client where it is. */
  beat(): void;
  /** The view that the client has: an equal one is not sent again. */
  remember(subject: string, digest: string): void;
  /** Ends the stream when its session has ended or its token has expired; true when it goes on. */
  check(): Promise<boolean>;
  renew(viewer: Viewer): void;
  end(reason: EndReason): void;
  /** The client has gone. */
  close(): void;
}

export interface StreamOptions {
  readonly viewer: Viewer;
  readonly topics: Iterable<string>;
  readonly position: number;
  readonly outlet: Outlet;
  readonly views: Views;
  readonly verifier: TokenVerifier;
  readonly clock: Clock;
  readonly onClose: (reason: EndReason | 'CLOSED') => void;
  readonly onError: (error: unknown) => void;
}

/** Bytes. A client with more than that untaken, when there is something new for it, is dropped. */
export const MAX_UNSENT = 64 * 1024;
/** Things that wait to be told to one client. */
const MAX_PENDING = 1_000;
/** Things that are looked at together. */
const ROUND = 20;
/** Views that a stream remembers having sent. */
const MAX_REMEMBERED = 100;

export const createStream = (options: StreamOptions): Stream => {
  const { outlet, views, verifier, clock, onClose, onError } = options;
  const topics = new Set(options.topics);
  let { viewer, position: offered } = options;
  let told = offered;
  let [running, closed] = [false, false];
  // By subject: several changes of one thing are told once, at the place of the last.
  let pending: Map<string, Placed> | undefined;
  let remembered: Map<string, string> | undefined;

  const close = (reason: EndReason | 'CLOSED'): void => {
    if (closed) return;
    closed = true;
    pending = undefined;
    onClose(reason);
  };
  const end = (reason: EndReason): void => {
    if (closed) return;
    outlet.end(reason);
    close(reason);
  };

  const check = async (): Promise<boolean> => {
    if (closed) return false;
    try {
      await verifier.verify(viewer.token);
      return !closed;
    } catch (error) {
      if (!isDomainError(error)) throw error;
      if (error.kind === 'unavailable') return true;
      end(clock.now().getTime() >= viewer.expiresAt ? 'TOKEN_EXPIRED' : 'SESSION_ENDED');
      return false;
    }
  };

  const remember = (subject: string, digest: string): void => {
    remembered ??= new Map();
    remembered.delete(subject);
    remembered.set(subject, digest);
    if (remembered.size > MAX_REMEMBERED) remembered.delete(remembered.keys().next().value ?? '');
  };

  const deliver = (signal: Placed, sight: Sight): void => {
    const subject = subjectPath(signal);
    const { at, type, position } = signal;
    told = position;
    const message = { id: String(position), subject, at };
    if (sight.seen) {
      if (remembered?.get(subject) === sight.digest) return;
      remember(subject, sight.digest);
      outlet.tell({ ...message, type, data: sight.data });
      return;
    }
    // Another service heard of the end of the session before this one.
    if (sight.refusal.status === 401) {
      end('SESSION_ENDED');
      return;
    }
    const had = remembered?.delete(subject) === true;
    if (topics.delete(subject) || had || lost(viewer.caller, signal)) outlet.gone(message);
  };

  const takeRound = (): readonly Placed[] => {
    const round = [...(pending?.values() ?? [])].slice(0, ROUND);
    for (const signal of round) pending?.delete(subjectPath(signal));
    return round;
  };

  const pump = async (): Promise<void> => {
    while (pending !== undefined && pending.size > 0) {
      const since = offered;
      const round = takeRound();
      if (!(await check())) return;
      const sights = await Promise.all(round.map((signal) => views.see(viewer, signal, since)));
      // The session may have ended while the services were asked.
      if (!(await check())) return;
      for (const [index, signal] of round.entries()) {
        if (outlet.unsent() > MAX_UNSENT) {
          end('TOO_SLOW');
          return;
        }
        deliver(signal, sights[index] as Sight);
      }
    }
  };

  const start = (): void => {
    if (running) return;
    running = true;
    pump()
      .catch((error: unknown) => {
        // Nothing is left out silently: the client comes back and is told from where it was.
        if (!isDomainError(error)) onError(error);
        end('UNAVAILABLE');
      })
      .finally(() => {
        running = false;
        if (pending?.size === 0) pending = undefined;
        if (pending !== undefined) start();
      });
  };

  return {
    get viewer() {
      return viewer;
    },
    topics,
    remember,
    check,
    end,
    offer: (signal) => {
      if (closed || signal.position <= offered) return;
      offered = signal.position;
      if (!mayConcern(viewer.caller, topics, signal)) return;
      const subject = subjectPath(signal);
      pending ??= new Map();
      pending.delete(subject);
      pending.set(subject, signal);
      if (pending.size > MAX_PENDING) end('TOO_SLOW');
      else start();
    },
    beat: () => {
      if (closed) return;
      if (outlet.unsent() > MAX_UNSENT) end('TOO_SLOW');
      else outlet.beat(String(running || pending !== undefined ? told : offered));
    },
    renew: (next) => {
      viewer = next;
    },
    close: () => close('CLOSED'),
  };
};
