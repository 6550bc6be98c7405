import { createServer, type RequestListener, type Server, type ServerOptions, type ServerResponse } from 'node:http';
import { Server as NetServer, type AddressInfo } from 'node:net';
import { asksForWebSocket, createUpgrades } from './upgrades.js';

export interface ListenOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly host?: string;
  /** A client must have sent all headers within this many ms; default 15,000. */
  readonly headersTimeoutMs?: number;
  /** A client must have sent the whole request within this many ms; default 120,000: enough for 20 MiB over a slow line. */
  readonly requestTimeoutMs?: number;
  /** How often, in ms, the server looks for clients that exceed the two limits above; default 5,000. */
  readonly timeoutCheckMs?: number;
  /** Whether the handler takes WebSockets, see `takeSocket`. */
  readonly webSockets?: boolean;
}

export interface CloseOptions {
  /** How long, in ms, idle connections stay open at the stop, because a client's next request may be on its way; default 1,000. */
  readonly idleGraceMs?: number;
  /** After this many ms connections are cut, whatever runs on them; default 4,000. */
  readonly deadlineMs?: number;
}

export interface HttpServer {
  readonly port: number;
  readonly server: Server;
  /** Takes no new connections, lets requests end, resolves when every connection is closed. Idempotent. */
  close(options?: CloseOptions): Promise<void>;
}

/** Longer than the 60 s after which usual proxies drop idle connections: the side that closes first must be the proxy. */
const KEEP_ALIVE_MS = 65_000;
const POLL_MS = 50;

const listening = (server: Server, { port, host = '127.0.0.1' }: ListenOptions): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = `Port ${port} is in use by another process. Stop that one or choose another port with PORT.`;
      reject(error.code === 'EADDRINUSE' ? Object.assign(new Error(taken, { cause: error }), { code: error.code }) : error);
    });
    server.listen(port, host, () => {
      server.removeAllListeners('error');
      resolve();
    });
  });

/** Serves `handler`; rejects when the port is taken. */
export const listen = async (handler: RequestListener, options: ListenOptions): Promise<HttpServer> => {
  const server = createServer({
    keepAliveTimeout: KEEP_ALIVE_MS,
    headersTimeout: options.headersTimeoutMs ?? 15_000,
    requestTimeout: options.requestTimeoutMs ?? 120_000,
    connectionsCheckingInterval: options.timeoutCheckMs ?? 5_000,
    noDelay: true,
    // Node 24 asks; older ones pass every request with an `Upgrade` header to the listener.
    shouldUpgradeCallback: asksForWebSocket,
  } as ServerOptions);
  const open = new Set<ServerResponse>();
  let closing: Promise<void> | undefined;
  server.on('request', (request, response) => {
    open.add(response);
    response.once('close', () => open.delete(response));
    if (closing !== undefined) response.setHeader('Connection', 'close');
    handler(request, response);
  });
  const upgrades = createUpgrades();
  if (options.webSockets === true) {
    server.on('upgrade', (request, socket, head) => upgrades.answer(request, socket, head, handler));
  }
  await listening(server, options);

  const close = async ({ idleGraceMs = 1_000, deadlineMs = 4_000 }: CloseOptions): Promise<void> => {
    // http's own close() drops idle connections at once, and with them the request that a client has just sent on one.
    const closed = new Promise<void>((resolve) => NetServer.prototype.close.call(server, () => resolve()));
    for (const response of open) if (!response.headersSent) response.setHeader('Connection', 'close');
    const startedAt = Date.now();
    const poll = setInterval(() => {
      const elapsed = Date.now() - startedAt;
      if (elapsed >= deadlineMs) {
        server.closeAllConnections();
        upgrades.cut();
      } else if (elapsed >= idleGraceMs) server.closeIdleConnections();
    }, POLL_MS);
    await closed;
    clearInterval(poll);
    // NetServer's close() leaves the timer that looks for slow clients. This call ends the timer, which would keep the
    // server in memory for ever.
    server.close();
  };

  return {
    port: (server.address() as AddressInfo).port,
    server,
    close: (closeOptions = {}) => (closing ??= close(closeOptions)),
  };
};
