import type { Duplex } from 'node:stream';
import type { Response } from 'express';

/** A connection that may become a WebSocket. */
export interface Upgrade {
  readonly socket: Duplex;
  /** What the client has sent behind its request. */
  readonly head: Buffer;
}

/** The connection of a request that asks for a WebSocket; `undefined` for every other request. Proxies may have removed the headers that say so. */
export const upgradeOf = ({ locals }: Response): Upgrade | undefined => locals.upgrade as Upgrade | undefined;

/** Takes the connection out of HTTP: nobody answers on `response` any more. */
export const takeSocket = (response: Response, { socket }: Upgrade): void => {
  response.locals.streamed = true;
  response.statusCode = 101;
  response.detachSocket(socket as Parameters<Response['detachSocket']>[0]);
  // For the log and everything else that waits for the end of a request.
  response.emit('close');
};
