/** Runs at most `limit` tasks at once; further tasks wait in the order in which they came. */
export interface Limiter {
  run<T>(task: () => Promise<T>): Promise<T>;
  /** Resolves as soon as nothing runs or waits. */
  idle(): Promise<void>;
}

export const createLimiter = (limit: number): Limiter => {
  let running = 0;
  const waiting: (() => void)[] = [];
  const idlers: (() => void)[] = [];
  const leave = (): void => {
    const next = waiting.shift();
    if (next !== undefined) {
      next();
      return;
    }
    running--;
    if (running === 0) for (const resolve of idlers.splice(0)) resolve();
  };
  return {
    run: async (task) => {
      // A task that ends hands its place to the next waiting task without lowering `running`, so `running` never exceeds the limit.
      if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve));
      else running++;
      try {
        return await task();
      } finally {
        leave();
      }
    },
    idle: () => (running === 0 ? Promise.resolve() : new Promise((resolve) => idlers.push(resolve))),
  };
};
