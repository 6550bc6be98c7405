import type { Socket } from 'node:net';
import { type Doc, doc, NOT_OK } from '../bson/values.js';
import { codeName, MongoError } from '../errors.js';
import { FrameError, FrameReader } from './frames.js';
import { buildReply, isLegacy, parseRequest, type Request, requestIdOf } from './message.js';

/** Requests of one client that may wait for their turn before no more are read from it. */
const MAX_WAITING = 100;

/** Answers one command; MongoErrors it throws become error replies. */
export type Dispatch = (request: Request) => Promise<Doc>;

export interface ConnectionOptions {
  maxMessageBytes: number;
  /** A fault of the server's own, not of the client's: worth telling the operator. */
  onFault: (error: Error) => void;
}

export function errorReply(error: unknown, onFault: (error: Error) => void): Doc {
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

/**
 * One client. Its requests are answered in the order they came, also when it sends several before reading;
 * bytes that are no message end this connection and no other.
 */
export function serveConnection(socket: Socket, dispatch: Dispatch, options: ConnectionOptions): void {
  const frames = new FrameReader(options.maxMessageBytes);
  let last: Promise<void> = Promise.resolve();
  let waiting = 0;
  socket.setNoDelay(true);
  const answer = async (message: Buffer): Promise<void> => {
    const legacy = isLegacy(message);
    let silent = false;
    let bytes: Buffer;
    try {
      const request = parseRequest(message);
      silent = request.silent;
      bytes = buildReply(await dispatch(request), requestIdOf(message), legacy);
    } catch (error) {
      if (error instanceof FrameError) {
        socket.destroy();
        return;
      }
      bytes = buildReply(errorReply(error, options.onFault), requestIdOf(message), legacy);
    }
    if (silent || socket.destroyed) return;
    if (!socket.write(bytes)) await drained(socket);
  };
  socket.on('data', (bytes: Buffer) => {
    try {
      for (const message of frames.push(bytes)) {
        if (++waiting === MAX_WAITING) socket.pause();
        last = last
          .then(() => answer(message))
          .then(() => {
            if (--waiting < MAX_WAITING && socket.isPaused()) socket.resume();
          });
      }
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      void last.then(() => socket.destroy());
    }
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
