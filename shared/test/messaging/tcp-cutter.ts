import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A line to a server that can be cut, as a network that fails does it. */
export interface TcpCutter {
  readonly url: string;
  /** Ends every connection at once, without a word. */
  cut(): void;
  close(): Promise<void>;
}

/** Where a connection string leads: to a port, or to a socket whose path stands in the host's place. */
const connectTo = ({ hostname, port }: URL): Socket =>
  port === '' ? connect(decodeURIComponent(hostname)) : connect(Number(port), hostname);

/** Puts a line between a client and the server of `target`, on a port of its own. */
export const createTcpCutter = async (target: string): Promise<TcpCutter> => {
  const url = new URL(target);
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const remote = connectTo(new URL(target));
    for (const socket of [client, remote]) {
      open.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => open.delete(socket));
    }
    client.pipe(remote).pipe(client);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const cut = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    url: url.href,
    cut,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      cut();
      await closed;
    },
  };
};
