/** Runs tasks of the same key one after another and tasks of different keys side by side. */
export interface KeyedQueue {
  /** `hasNext` says whether another task of the key waits by now, which may then finish what this one leaves. */
  run<T>(key: string, task: (hasNext: () => boolean) => Promise<T>): Promise<T>;
}

/**
 * Writers of one document inside one process would only lose races against each other. In the queue each of them writes
 * at its first try, and the version guard decides races between processes alone.
 */
export const createKeyedQueue = (): KeyedQueue => {
  const tails = new Map<string, Promise<unknown>>();
  return {
    run: (key, task) => {
      const begin = () => task(() => tails.get(key) !== tail);
      const result = (tails.get(key) ?? Promise.resolve()).then(begin, begin);
      const tail: Promise<unknown> = result.then(
        () => undefined,
        () => undefined,
      );
      tails.set(key, tail);
      void tail.then(() => {
        if (tails.get(key) === tail) tails.delete(key);
      });
      return result;
    },
  };
};
