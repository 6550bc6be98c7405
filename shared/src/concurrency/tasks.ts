/** Work that was begun and that a stop has to wait for. */
export interface Tasks {
  add(work: Promise<void>): void;
  /** Resolves as soon as nothing runs. */
  idle(): Promise<void>;
}

export const createTasks = (): Tasks => {
  const running = new Set<Promise<void>>();
  return {
    add: (work) => {
      const ended = work.finally(() => running.delete(ended));
      running.add(ended);
    },
    idle: async () => {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
};

/** Waits for `work`, at most so many milliseconds: true when it ended in time. */
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
