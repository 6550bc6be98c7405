import { ServerResponse, type IncomingMessage, type RequestListener } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Upgrade } from '../http/web-socket.js';

/** The connections of a server that left HTTP, and those that asked to. */
export interface Upgrades {
  /** Answers a request with an `Upgrade` header as every other: through `handler`. Only a route that takes the socket leaves HTTP. */
  answer(request: IncomingMessage, socket: Duplex, head: Buffer, handler: RequestListener): void;
  /** Cuts what is still open. */
  cut(): void;
}

const isToken = (header: string | undefined, wanted: string): boolean =>
  (header ?? '').split(',').some((token) => token.trim().toLowerCase() === wanted);

export const asksForWebSocket = ({ method, headers }: IncomingMessage): boolean =>
  method === 'GET' && isToken(headers.upgrade, 'websocket');

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** Node gives up reading such a request as HTTP, so its body is lost. */
const BODY_LOST = 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

export const createUpgrades = (): Upgrades => {
  const sockets = new Set<Duplex>();
  return {
    answer: (request, socket, head, handler) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      socket.on('error', () => socket.destroy());
      if (hasBody(request)) {
        socket.end(BODY_LOST);
        return;
      }
      const response = new ServerResponse(request);
      response.shouldKeepAlive = false;
      response.assignSocket(socket as Parameters<ServerResponse['assignSocket']>[0]);
      response.once('finish', () => socket.end());
      const upgrade: Upgrade | undefined = asksForWebSocket(request) ? { socket, head } : undefined;
      // Express keeps what is there already.
      handler(request, Object.assign(response, { locals: { upgrade } }));
    },
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
};
