import type { Platform } from '@riparo/shared/composition/platform';
import { DomainError } from '@riparo/shared/errors/domain-error';
import { API_PREFIX } from '@riparo/shared/http/path';
import { takeSocket, upgradeOf } from '@riparo/shared/http/web-socket';
import type { Request, RequestHandler } from 'express';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Hub } from './hub.js';
import { tooManyStreams } from './live.errors.js';
import { serveSocket } from './live-socket.js';

export const LIVE_PATH = `${API_PREFIX}/live`;
/** Bytes of one command. */
const MAX_COMMAND = 16 * 1024;
const GOING_AWAY = 1001;

export interface LiveDoor {
  readonly handler: RequestHandler;
  /** Ends the sockets, also of those who have not said yet what they want. */
  end(): void;
}

export interface LiveDoorOptions {
  readonly hub: Hub;
  readonly verifier: Platform['verifier'];
  readonly clock: Platform['clock'];
  readonly maxStreams: number;
  readonly tokenMs?: number;
}

const BEARER = /^Bearer +(\S+)$/i;
const bearerOf = ({ headers }: Request): string | undefined => BEARER.exec(headers.authorization ?? '')?.[1];

const upgradeRequired = (): DomainError =>
  new DomainError('malformed', 'WEBSOCKET_ONLY', 'This address is for WebSockets. For a stream over HTTP ask GET /api/v1/events/stream.');

/** `/api/v1/live`. Whoever can open a socket has nothing yet: everything is asked for with a token. */
export const createLiveDoor = ({ hub, verifier, clock, maxStreams, tokenMs }: LiveDoorOptions): LiveDoor => {
  const sockets = new Set<WebSocket>();
  const server = new WebSocketServer({ noServer: true, clientTracking: false, perMessageDeflate: false, maxPayload: MAX_COMMAND });
  return {
    handler: (request, response, next) => {
      if (request.path !== LIVE_PATH) {
        next();
        return;
      }
      response.locals.route = LIVE_PATH;
      const upgrade = upgradeOf(response);
      if (upgrade === undefined || sockets.size >= maxStreams) {
        next(upgrade === undefined ? upgradeRequired() : tooManyStreams());
        return;
      }
      const token = bearerOf(request);
      // The gateway has removed them, as it does with everything that concerns one connection only.
      request.headers.connection = 'Upgrade';
      request.headers.upgrade = 'websocket';
      takeSocket(response, upgrade);
      server.handleUpgrade(request, upgrade.socket, upgrade.head, (socket) => {
        sockets.add(socket);
        socket.once('close', () => sockets.delete(socket));
        serveSocket({ socket, hub, verifier, clock, token, ...(tokenMs === undefined ? {} : { tokenMs }) });
      });
    },
    end: () => {
      for (const socket of sockets) socket.close(GOING_AWAY, 'STOPPING');
    },
  };
};
