import { request as sendRequest, type Agent, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { takeSocket, upgradeOf } from '@riparo/shared/http/web-socket';
import type { RequestHandler, Response } from 'express';
import { serviceAway, serviceTooSlow } from './upstream-errors.js';

export interface UpgradePassage {
  /** Passes a request for a WebSocket to an instance of the service, and then everything in both directions. */
  readonly handler: RequestHandler;
  /** Ends the WebSockets with a word: "going away". */
  end(): void;
}

export interface UpgradeOptions {
  readonly service: string;
  readonly agent: Agent;
  readonly timeoutMs: number;
}

/** A WebSocket close frame with status 1001 (RFC 6455, 5.5.1). */
const GOING_AWAY = Buffer.from([0x88, 0x02, 0x03, 0xe9]);

const headOf = ({ rawHeaders }: IncomingMessage): string => {
  const lines: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) lines.push(`${rawHeaders[index]}: ${rawHeaders[index + 1]}`);
  return `HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`;
};

const sendRefusal = (answer: IncomingMessage, response: Response): void => {
  const { connection: _connection, 'keep-alive': _keepAlive, ...headers } = answer.headers;
  response.writeHead(answer.statusCode ?? 502, headers);
  answer.pipe(response);
};

export const createUpgradePassage = ({ service, agent, timeoutMs }: UpgradeOptions): UpgradePassage => {
  const open = new Map<Duplex, Duplex>();

  const join = (client: Duplex, upstream: Duplex): void => {
    open.set(client, upstream);
    const cut = (): void => {
      open.delete(client);
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) socket.on('error', cut).on('close', cut);
    client.pipe(upstream).pipe(client);
  };

  return {
    handler: (request, response, next) => {
      const upgrade = upgradeOf(response);
      if (upgrade === undefined) {
        next();
        return;
      }
      const headers = { ...request.headers, connection: 'Upgrade', upgrade: 'websocket' };
      const outgoing = sendRequest({ agent, host: service, path: request.url, headers });
      const patience = setTimeout(() => outgoing.destroy(serviceTooSlow(service, timeoutMs)), timeoutMs);
      const stop = (): void => void outgoing.destroy();
      upgrade.socket.once('close', stop);
      outgoing.once('response', (answer) => {
        clearTimeout(patience);
        sendRefusal(answer, response);
      });
      outgoing.once('upgrade', (answer, upstream, head) => {
        clearTimeout(patience);
        upgrade.socket.off('close', stop);
        takeSocket(response, upgrade);
        upgrade.socket.write(headOf(answer));
        if (head.length > 0) upgrade.socket.write(head);
        if (upgrade.head.length > 0) upstream.write(upgrade.head);
        join(upgrade.socket, upstream);
      });
      outgoing.on('error', (error: NodeJS.ErrnoException) => {
        clearTimeout(patience);
        if (!response.headersSent) next('kind' in error ? error : serviceAway(service, error));
      });
      outgoing.end();
    },
    end: () => {
      for (const [client, upstream] of open) {
        upstream.unpipe(client);
        client.end(GOING_AWAY);
      }
    },
  };
};
