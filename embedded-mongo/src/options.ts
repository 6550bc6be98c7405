import { MAX_MESSAGE_BYTES } from './bson/limits.js';

export interface EmbeddedMongoOptions {
  /** Where the data lives. Created if missing; a second server on it is refused. */
  dataDir: string;
  /** Address to listen on; 127.0.0.1 by default. There is no authentication: others need allowRemote as well. */
  host?: string;
  /** TCP port; 0, the default, takes any free one. */
  port?: number;
  /** A Unix socket to listen on instead of host and port. */
  socketPath?: string;
  /** Allows a host that is not loopback. Whoever reaches it can read and change everything. */
  allowRemote?: boolean;
  /** Runs the server in a worker thread (default), so that it never blocks the host's event loop, nor the host it. */
  worker?: boolean;
  /** Milliseconds after which an unused cursor ends; 600000 by default, as in MongoDB. */
  cursorTimeoutMs?: number;
  /** Milliseconds between two rounds of the TTL monitor; 60000 by default, as in MongoDB. */
  ttlIntervalMs?: number;
  /** Largest message accepted from a client, in bytes; 48000000 by default, as in MongoDB. */
  maxMessageBytes?: number;
  /** False answers writes before the disk has them: much faster, and a power cut may lose all of the data. True by default. */
  durable?: boolean;
}

export type ServerOptions = Required<Omit<EmbeddedMongoOptions, 'socketPath' | 'worker'>> & { socketPath: string | undefined };

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/;

export function withDefaults(options: EmbeddedMongoOptions): ServerOptions {
  const host = options.host ?? '127.0.0.1';
  if (!loopback.test(host) && options.allowRemote !== true) {
    throw new Error(`embedded-mongo has no authentication and listens on loopback only; pass allowRemote to listen on ${host}`);
  }
  return {
    dataDir: options.dataDir,
    host,
    port: options.port ?? 0,
    socketPath: options.socketPath,
    allowRemote: options.allowRemote ?? false,
    cursorTimeoutMs: options.cursorTimeoutMs ?? 600_000,
    ttlIntervalMs: options.ttlIntervalMs ?? 60_000,
    maxMessageBytes: options.maxMessageBytes ?? MAX_MESSAGE_BYTES,
    durable: options.durable ?? true,
  };
}
