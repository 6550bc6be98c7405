import { createTasks, type Tasks } from './tasks.js';

/** Work in the background that runs once at a time. Calls during a run lead to one more run. */
export interface BackgroundWorker {
  /** Starts a run, or asks for one more when a run is under way. Never throws and never waits; after `stop` it does nothing. */
  wake(): void;
  /** Like `wake`, for callers that wait: resolves when no asked-for run is left, rejects when the work rejects. */
  run(): Promise<void>;
  /** Resolves as soon as nothing runs. */
  idle(): Promise<void>;
  /** Starts no further run; resolves when the run under way has ended. */
  stop(): Promise<void>;
  /** True once `stop` was called: long work asks this and ends early. */
  isStopping(): boolean;
}

export interface BackgroundWorkerOptions {
  readonly work: () => Promise<void>;
  /** Receives the error of a run that nobody waits for. */
  readonly onError: (error: unknown) => void;
  /** Set of the runs under way. Several workers that are waited for together share one set. */
  readonly tasks?: Tasks;
}

/**
 * A call during a run may come too late for that run, so the work runs once more: 100 calls during one run lead to one
 * more run, not to 100. A run that fails ends the loop: a lasting fault would otherwise be tried again without a pause.
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
