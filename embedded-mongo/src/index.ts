import { type EmbeddedMongoOptions, type ServerOptions, withDefaults } from './options.js';
import { runServer } from './server.js';
import { lockDirectory } from './storage/lock.js';
import { closeDirectory, makePrivateFolder } from './storage/private.js';
import { runInWorker } from './worker-host.js';

export type { EmbeddedMongoOptions } from './options.js';

export interface EmbeddedMongo {
  /** The connection string for any MongoDB driver. */
  url: string;
  /** Ends all connections, finishes what is being written and gives the directory free. */
  stop(): Promise<void>;
  /** Resolves when the server has ended: with nothing after stop(), with the reason if it died by itself. */
  exited: Promise<Error | undefined>;
}

/** Faults of the server itself go here unless the host listens: they must not go unseen. */
function reportFault(error: Error): void {
  process.emitWarning(error);
}

/** Says once what other users of the machine could read until now. */
function warnOfOpen(paths: readonly string[]): void {
  if (paths.length > 0)
    process.emitWarning(
      `Other users of this machine could open ${paths.join(', ')}. Their rights were taken away, where this process may do that.`,
    );
}

function urlOf(options: ServerOptions, port: number): string {
  const host =
    options.socketPath === undefined
      ? `${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`
      : encodeURIComponent(options.socketPath);
  return `mongodb://${host}/?directConnection=true`;
}

/** Starts a MongoDB server on a data directory; resolves when it accepts connections. */
export async function startEmbeddedMongo(options: EmbeddedMongoOptions): Promise<EmbeddedMongo> {
  const settings = withDefaults(options);
  makePrivateFolder(settings.dataDir);
  warnOfOpen(closeDirectory(settings.dataDir));
  const lock = await lockDirectory(settings.dataDir);
  try {
    if (options.worker !== false) {
      const worker = await runInWorker(settings, reportFault);
      void worker.exited.then(() => lock.release());
      return { url: urlOf(settings, worker.port), stop: () => worker.stop(), exited: worker.exited };
    }
    const server = await runServer(settings, reportFault);
    let ended: (error?: Error) => void = () => undefined;
    const exited = new Promise<Error | undefined>((resolve) => (ended = resolve));
    const stop = async (): Promise<void> => {
      await server.stop();
      lock.release();
      ended();
    };
    return { url: urlOf(settings, server.port), stop, exited };
  } catch (error) {
    lock.release();
    throw error;
  }
}
