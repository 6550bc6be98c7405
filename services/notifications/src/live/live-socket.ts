import type { TokenVerifier } from '@riparo/shared/http/authenticate';
import type { Clock } from '@riparo/shared/runtime/clock';
import { isDomainError } from '@riparo/shared/errors/domain-error';
import { STATUS_OF } from '@riparo/shared/http/error-handler';
import Joi from 'joi';
import type { WebSocket } from 'ws';
import type { Hub } from './hub.js';
import { END_REASONS, type Outlet } from './outlet.js';
import type { Stream } from './stream.js';
import { MAX_TOPICS, readTopics } from './topics.js';
import type { Viewer } from './views.js';
import { viewerOf } from './viewer.js';

/** What clients send: one of the three, or `token` with `subscribe`. */
interface Command {
  readonly token?: string;
  readonly subscribe?: readonly string[];
  readonly unsubscribe?: readonly string[];
  /** With the first `subscribe`: the id of the last thing that the client was told. */
  readonly after?: string;
}
const topicList = Joi.array().items(Joi.string().max(100)).min(1).max(MAX_TOPICS);
const commandSchema = Joi.object<Command>({
  token: Joi.string().max(8_192),
  subscribe: topicList,
  unsubscribe: topicList,
  after: Joi.string().max(20),
})
  .or('token', 'subscribe', 'unsubscribe')
  .with('after', 'subscribe');

/** Milliseconds in which a client has to say who it is and what it wants: until then it counts for nobody. */
export const TOKEN_MS = 10_000;
/** Commands of one socket in a minute. */
const MAX_COMMANDS = 120;
const MINUTE_MS = 60_000;
const POLICY_VIOLATION = 1008;
const TRY_AGAIN_LATER = 1013;

export interface SocketOptions {
  readonly socket: WebSocket;
  readonly hub: Hub;
  readonly verifier: TokenVerifier;
  readonly clock: Clock;
  /** From the `Authorization` header, which browsers cannot set. */
  readonly token?: string | undefined;
  readonly tokenMs?: number;
}

const createSocketOutlet = (socket: WebSocket): Outlet => {
  const send = (message: unknown): void => socket.send(JSON.stringify(message));
  let lastBeat = '';
  let answered = true;
  socket.on('pong', () => (answered = true));
  return {
    ready: (id, topics) => send({ id, type: 'ready', topics }),
    reset: (id) => send({ id, type: 'reset' }),
    tell: send,
    gone: (message) => send({ ...message, type: 'gone' }),
    beat: (id) => {
      // Whoever has not answered for a whole beat is not there any more.
      if (!answered) {
        socket.terminate();
        return;
      }
      answered = false;
      socket.ping();
      if (id !== lastBeat) send({ id, type: 'place' });
      lastBeat = id;
    },
    end: (reason) => {
      if (reason === 'TOO_SLOW') {
        socket.terminate();
        return;
      }
      send({ type: 'end', reason });
      socket.close(END_REASONS[reason], reason);
    },
    unsent: () => socket.bufferedAmount,
  };
};

const readCommand = (data: Buffer): Command | undefined => {
  try {
    const checked = commandSchema.validate(JSON.parse(data.toString()) as unknown, { convert: false });
    return checked.error === undefined ? checked.value : undefined;
  } catch {
    return undefined;
  }
};

const samePerson = (one: Viewer, { caller }: Viewer): boolean =>
  one.caller.tenantId === caller.tenantId &&
  one.caller.userId === caller.userId &&
  one.caller.role === caller.role &&
  one.caller.customerId === caller.customerId;

/** Talks with one client over a WebSocket. */
export const serveSocket = ({ socket, hub, verifier, clock, token: headerToken, tokenMs = TOKEN_MS }: SocketOptions): void => {
  const outlet = createSocketOutlet(socket);
  let viewer: Viewer | undefined;
  let stream: Stream | undefined;
  let [commands, minute] = [0, clock.now().getTime()];
  // Commands are carried out one after the other, in the order in which they came.
  let turn = Promise.resolve();

  const patience = setTimeout(() => socket.close(END_REASONS.SESSION_ENDED, 'NOTHING_ASKED'), tokenMs);
  const refuse = (error: unknown, topics?: readonly string[]): void => {
    if (!isDomainError(error)) throw error;
    const { code, kind, message } = error;
    socket.send(JSON.stringify({ type: 'refused', topics, status: STATUS_OF[kind], code, detail: message, errors: error.details.errors }));
  };

  const signIn = async (token: string): Promise<void> => {
    const next = viewerOf(await verifier.verify(token), token);
    if (viewer !== undefined && !samePerson(viewer, next)) {
      socket.close(POLICY_VIOLATION, 'OTHER_PERSON');
      return;
    }
    if (viewer === undefined) hub.checkRoom(next);
    viewer = next;
    stream?.renew(next);
  };

  const subscribe = async (who: Viewer, names: readonly string[], after: string | undefined): Promise<void> => {
    const topics = readTopics(names, 'subscribe');
    if (new Set([...(stream?.topics ?? []), ...topics]).size > MAX_TOPICS) readTopics([...(stream?.topics ?? []), ...topics], 'subscribe');
    const digests = await hub.authorise(who, topics);
    if (stream === undefined) {
      stream = await hub.open({ viewer: who, topics, digests, after, outlet });
      clearTimeout(patience);
      if (socket.readyState !== socket.OPEN) stream?.close();
      return;
    }
    for (const topic of topics) stream.topics.add(topic);
    for (const [subject, digest] of digests) stream.remember(subject, digest);
    socket.send(JSON.stringify({ type: 'subscribed', topics }));
  };

  const turnAway = (error: unknown): void => {
    refuse(error);
    const isFull = isDomainError(error) && error.kind === 'throttled';
    socket.close(isFull ? TRY_AGAIN_LATER : END_REASONS.SESSION_ENDED, isFull ? 'TOO_MANY_STREAMS' : 'SESSION_ENDED');
  };

  const carryOut = async ({ token, subscribe: names, unsubscribe = [], after }: Command): Promise<void> => {
    if (token !== undefined) await signIn(token).catch(turnAway);
    if (socket.readyState !== socket.OPEN) return;
    if (viewer === undefined) {
      socket.close(END_REASONS.SESSION_ENDED, 'NO_TOKEN');
      return;
    }
    for (const topic of unsubscribe) stream?.topics.delete(topic);
    if (unsubscribe.length > 0) socket.send(JSON.stringify({ type: 'unsubscribed', topics: unsubscribe }));
    if (names !== undefined) await subscribe(viewer, names, after).catch((error: unknown) => refuse(error, names));
  };

  const perform = (command: Command): void => {
    turn = turn.then(() => carryOut(command)).catch(() => socket.close(TRY_AGAIN_LATER, 'UNAVAILABLE'));
  };

  const isTooMany = (): boolean => {
    const now = clock.now().getTime();
    if (now - minute > MINUTE_MS) [commands, minute] = [0, now];
    return ++commands > MAX_COMMANDS;
  };

  socket.on('error', () => socket.terminate());
  socket.on('close', () => {
    clearTimeout(patience);
    stream?.close();
  });
  socket.on('message', (data: Buffer) => {
    const command = isTooMany() ? undefined : readCommand(data);
    if (command === undefined) socket.close(POLICY_VIOLATION, commands > MAX_COMMANDS ? 'TOO_MANY_COMMANDS' : 'NO_COMMAND');
    else perform(command);
  });
  if (headerToken !== undefined) perform({ token: headerToken });
};
