import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

type Behaviour = (response: ServerResponse, seen: Seen) => void;

/** A small real server in a service's place. */
export interface Upstream {
  readonly url: string;
  readonly port: number;
  readonly seen: readonly Seen[];
  behave(behaviour: Behaviour): void;
  /** As kill -9: every connection is cut, nobody listens any more. */
  kill(): Promise<void>;
  /** Listens on the same port again. */
  revive(): Promise<void>;
}

const answer: Behaviour = (response, { url }) => {
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify({ data: { url } }));
};

export const startUpstream = async (): Promise<Upstream> => {
  const seen: Seen[] = [];
  const sockets = new Set<Socket>();
  let behaviour = answer;
  let server: Server | undefined;
  const listen = async (port: number): Promise<number> => {
    const next = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const one = { method: request.method!, url: request.url!, headers: request.headers, body: Buffer.concat(chunks).toString() };
        seen.push(one);
        behaviour(response, one);
      });
    });
    next.on('connection', (socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
    await new Promise<void>((resolve) => next.listen(port, '127.0.0.1', resolve));
    server = next;
    return (next.address() as AddressInfo).port;
  };
  const port = await listen(0);
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    seen,
    behave: (next) => {
      behaviour = next;
    },
    kill: async () => {
      const dying = server;
      server = undefined;
      if (dying === undefined) return;
      const closed = new Promise((resolve) => dying.close(resolve));
      for (const socket of sockets) socket.resetAndDestroy();
      await closed;
    },
    revive: async () => {
      await listen(port);
    },
  };
};
