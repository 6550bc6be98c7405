import { rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { type Backend, serveConnection } from './connection.js';

export interface ListenOptions {
  host: string;
  port: number;
  socketPath: string | undefined;
  maxMessageBytes: number;
  onFault: (error: Error) => void;
}

export interface Listening {
  /** host:port, or the path of the socket. */
  port: number;
  connections: () => number;
  close(): Promise<void>;
}

/** Accepts clients and gives each its connection. */
export async function listen(options: ListenOptions, backend: Backend): Promise<Listening> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serveConnection(socket, backend, options);
  });
  await bind(server, options);
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    connections: () => sockets.size,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function bind(server: Server, options: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    const done = (): void => {
      server.off('error', reject);
      resolve();
    };
    if (options.socketPath === undefined) server.listen(options.port, options.host, done);
    else {
      // The directory's lock is ours: a socket that is still there was left by a server that died.
      rmSync(options.socketPath, { force: true });
      server.listen(options.socketPath, done);
    }
  });
}
