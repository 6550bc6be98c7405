import type { Logger } from 'pino';
import { ConfigError, type Configuration } from '../config/load-config.js';
import { createLogger, type LOG_LEVELS } from '../logging/create-logger.js';

/** A started process. */
export interface Running {
  stop(): Promise<void>;
}

export interface ProcessOptions<C> {
  readonly name: string;
  readonly config: Configuration<C>;
  /** Connects to database and broker, starts the service, listens. */
  readonly start: (config: C, log: Logger) => Promise<Running>;
}

/** A process that has not stopped after this many ms is ended as it is. No acknowledged write is lost by that. */
const STOP_MS = 10_000;

/**
 * Runs a process from its configuration to its last signal.
 * - Whatever the process writes is for its user only: folders 0700, files 0600.
 * - `--print-config` prints the configuration and ends.
 * - A faulty configuration or a failed start is reported, and the process ends with code 1.
 * - SIGTERM, SIGINT and the end of the supervising parent (its IPC channel closes) stop the process in order within 10
 *   s.
 * - A second signal ends the process at once.
 * - An uncaught error is logged and ends the process with code 1.
 */
export const run = async <C extends { readonly LOG_LEVEL: (typeof LOG_LEVELS)[number] }>({
  name,
  config,
  start,
}: ProcessOptions<C>): Promise<void> => {
  process.umask(0o077);
  if (process.argv.includes('--print-config')) {
    process.stdout.write(config.print());
    return;
  }
  const values = loadOrExit(config);
  const log = createLogger({ name, level: values.LOG_LEVEL });
  const die = (message: string) => (error: unknown) => {
    log.fatal({ err: error }, message);
    process.exit(1);
  };
  process.on('uncaughtException', die('uncaught exception'));
  process.on('unhandledRejection', die('unhandled rejection'));
  const running = start(values, log);
  const stopper = createStopper(running, log);
  const onSignal = (signal: NodeJS.Signals): void => {
    if (stopper.stopping()) process.exit(1);
    stopper.stop(signal);
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  // The supervisor is gone, for whatever reason, and nobody else would stop this process. It may have gone before this
  // line: its channel is closed then. A process that was started otherwise never had one.
  const alone = (): void => stopper.stop('the supervisor is gone');
  if ('connected' in process && !process.connected) alone();
  else process.on('disconnect', alone);
  await running.catch(die('could not start'));
};

const loadOrExit = <C>(config: Configuration<C>): C => {
  try {
    return config.load();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
};

interface Stopper {
  stopping(): boolean;
  /** Stops the process once; further calls do nothing. */
  stop(reason: string): void;
}

const createStopper = (running: Promise<Running>, log: Logger): Stopper => {
  let stopping = false;
  const stop = (reason: string): void => {
    if (stopping) return;
    stopping = true;
    log.info({ reason }, 'stopping');
    const deadline = setTimeout(() => {
      log.error('did not stop in time');
      process.exit(1);
    }, STOP_MS);
    running
      .then((started) => started.stop())
      .then(() => {
        clearTimeout(deadline);
        log.info('stopped');
        process.exit(0);
      })
      .catch((error: unknown) => {
        log.fatal({ err: error }, 'could not stop in order');
        process.exit(1);
      });
  };
  return { stop, stopping: () => stopping };
};
