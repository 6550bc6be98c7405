import type { Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { setImmediate as nextTick } from 'node:timers/promises';
import { type Doc, doc, NOT_OK } from '../bson/values.js';
import type { Request } from '../command/command.js';
import { codeName, MongoError } from '../errors.js';
import { andThen, type Soon } from '../soon.js';
import type { Job } from '../stretch.js';
import { FrameError, FrameReader } from './frames.js';
import { buildReply, isLegacy, parseRequest, requestIdOf } from './message.js';

/** Requests of one client that may wait for their turn before no more are read from it. */
const MAX_WAITING = 100;

/** What stands behind the wire. */
export interface Backend {
  /** Answers one command; MongoErrors it throws become error replies. */
  dispatch: (request: Request) => Soon<Doc>;
  /** Does what may take long, with pauses for others. */
  run: <T>(job: Job<T>) => Soon<T>;
}

export interface ConnectionOptions {
  maxMessageBytes: number;
  /** A fault of the server's own, not of the client's: worth telling the operator. */
  onFault: (error: Error) => void;
}

function errorReply(error: unknown, onFault: (error: Error) => void): Doc {
  if (error instanceof MongoError) {
    return doc({
      ok: NOT_OK,
      errmsg: error.message,
      code: error.code,
      codeName: codeName(error.code),
      ...Object.fromEntries(error.details ?? []),
    });
  }
  const fault = error instanceof Error ? error : new Error(String(error));
  onFault(fault);
  return doc({ ok: NOT_OK, errmsg: `internal error: ${fault.message}`, code: 1, codeName: 'InternalError' });
}

/** How long one client's waiting requests are answered without a pause. */
const TURN_MS = 10;

type Answer = (message: Buffer) => Soon<Buffer | undefined>;

/** What is sent for a message: undefined if nothing is, because the client asked for silence or broke the protocol. */
function answerer({ dispatch, run }: Backend, onFault: (error: Error) => void, broken: () => void): Answer {
  return (message) => {
    let silent = false;
    const reply = (document: Doc): Soon<Buffer | undefined> =>
      silent ? undefined : run(buildReply(document, requestIdOf(message), isLegacy(message)));
    const failed = (error: unknown): Soon<Buffer | undefined> => {
      if (!(error instanceof FrameError)) return reply(errorReply(error, onFault));
      broken();
      return undefined;
    };
    try {
      const document = andThen(run(parseRequest(message)), (request) => {
        silent = request.silent;
        return dispatch(request);
      });
      const answer = andThen(document, reply);
      return answer instanceof Promise ? answer.catch(failed) : answer;
    } catch (error) {
      return failed(error);
    }
  };
}

/**
 * One client. Its requests are answered in the order they came, also when it sends several before reading;
 * bytes that are no message end this connection and no other.
 */
export function serveConnection(socket: Socket, backend: Backend, options: ConnectionOptions): void {
  const frames = new FrameReader(options.maxMessageBytes);
  const answer = answerer(backend, options.onFault, () => socket.destroy());
  const waiting: Buffer[] = [];
  let busy = false;
  let isBroken = false;
  socket.setNoDelay(true);
  const send = (bytes: Buffer | undefined): Promise<void> | undefined =>
    bytes === undefined || socket.destroyed || socket.write(bytes) ? undefined : drained(socket);
  const goOnAfter = (pause: Promise<unknown>): void => {
    busy = true;
    void pause.then(() => {
      busy = false;
      pump();
    });
  };
  const pump = (): void => {
    const end = waiting.length > 1 ? performance.now() + TURN_MS : 0;
    for (let message = waiting.shift(); message; message = waiting.shift()) {
      const bytes = answer(message);
      const pause = bytes instanceof Promise ? bytes.then(send) : send(bytes);
      const rest = pause ?? (waiting.length > 0 && performance.now() > end ? nextTick() : undefined);
      if (rest) {
        goOnAfter(rest);
        return;
      }
      if (waiting.length < MAX_WAITING && socket.isPaused()) socket.resume();
    }
    if (isBroken) socket.destroy();
  };
  socket.on('data', (bytes: Buffer) => {
    try {
      for (const message of frames.push(bytes)) waiting.push(message);
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      // Requests that came in earlier pieces are still answered.
      isBroken = true;
    }
    if (waiting.length >= MAX_WAITING) socket.pause();
    if (!busy) pump();
  });
  // A reset by the client is its own business; the close that follows cleans up.
  socket.on('error', () => socket.destroy());
}

/** A client that does not read its answers is not sent more. */
function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      socket.off('drain', done).off('close', done);
      resolve();
    };
    socket.on('drain', done).on('close', done);
  });
}
