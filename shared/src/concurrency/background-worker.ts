import { createTasks, type Tasks } from './tasks.js';

/** Work that others ask for and do not wait for. It is run by one hand at a time; what is asked meanwhile is done once more. */
export interface BackgroundWorker {
  /** Runs now, or once more when it runs already. Never throws, never waits; after `stop` it does nothing. */
  wake(): void;
  /** Like `wake`, for those who do wait: resolves when nothing that was asked for is left, rejects as the work does. */
  run(): Promise<void>;
  /** Resolves as soon as nothing runs. */
  idle(): Promise<void>;
  /** Begins nothing more; resolves when the run under way has ended. */
  stop(): Promise<void>;
  /** For work that can end early: somebody has called `stop`. */
  isStopping(): boolean;
}

export interface BackgroundWorkerOptions {
  readonly work: () => Promise<void>;
  /** Hears why a run that nobody waits for failed. */
  readonly onError: (error: unknown) => void;
  /** Where runs are kept while they last; several workers that are waited for together share one. */
  readonly tasks?: Tasks;
}

/**
 * Who asks while a run is under way may have come too late for it, so it runs once more; a hundred who ask meanwhile are
 * answered by that one run. A run that fails ends the loop, or a fault that stays would be tried again without a pause.
 */
export const createBackgroundWorker = ({ work, onError, tasks = createTasks() }: BackgroundWorkerOptions): BackgroundWorker => {
  let [asked, stopping] = [false, false];
  let running: Promise<void> | undefined;

  const loop = async (): Promise<void> => {
    try {
      while (asked && !stopping) {
        asked = false;
        await work();
      }
    } finally {
      running = undefined;
    }
  };
  const run = (): Promise<void> => {
    asked = true;
    if (running !== undefined) return running;
    const begun = loop();
    running = begun;
    tasks.add(begun);
    return begun;
  };
  return {
    run,
    wake: () => {
      if (running === undefined) run().catch(onError);
      else asked = true;
    },
    idle: () => tasks.idle(),
    stop: () => {
      stopping = true;
      return tasks.idle();
    },
    isStopping: () => stopping,
  };
};
