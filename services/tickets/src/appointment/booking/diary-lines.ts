import { createKeyedQueue } from '@riparo/shared/concurrency/keyed-queue';

/**
 * Bookings in one diary wait for each other inside this process. Otherwise they would only lose races against each other.
 */
export interface DiaryLines {
  /** Runs the task when it is its turn in the line of every one of these diaries. */
  run<T>(tenantId: string, diaries: readonly string[], task: () => Promise<T>): Promise<T>;
}

export const createDiaryLines = (): DiaryLines => {
  const queue = createKeyedQueue();
  const runIn = <T>([first, ...others]: readonly string[], task: () => Promise<T>): Promise<T> =>
    first === undefined ? task() : queue.run(first, () => runIn(others, task));
  return {
    // Always in the same order: two bookings that each waited in a line in which the other stands would wait for ever.
    run: (tenantId, diaries, task) => runIn([...new Set(diaries.map((diary) => `${tenantId}\n${diary}`))].sort(), task),
  };
};
