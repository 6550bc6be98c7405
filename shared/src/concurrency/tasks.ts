/** Work under way that a stop has to wait for. An error of the work goes to the code that began the work. */
export interface Tasks {
  add(work: Promise<unknown>): void;
  /** Resolves as soon as nothing runs. */
  idle(): Promise<void>;
}

export const createTasks = (): Tasks => {
  const running = new Set<Promise<unknown>>();
  return {
    add: (work) => {
      running.add(work);
      const leave = (): void => void running.delete(work);
      void work.then(leave, leave);
    },
    idle: async () => {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
};

/** Waits for `work`, at most so many milliseconds: true when the work ended in time. */
export const within = async (milliseconds: number, work: Promise<unknown>): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  try {
    return await Promise.race([work.then(() => true), limit]);
  } finally {
    clearTimeout(timer);
  }
};
