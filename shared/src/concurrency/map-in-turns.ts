import { setImmediate } from 'node:timers/promises';

/** Items that are handled without a break. The diary of one month takes about 2 ms, so other requests wait at most about 16 ms. */
const AT_A_STRETCH = 8;

/**
 * Like `map`, in order, but other requests have their turn after every eighth item: 500 diaries of a month, 2 ms each,
 * would otherwise block the process for a whole second.
 */
export const mapInTurns = async <T, R>(items: readonly T[], look: (item: T, index: number) => R): Promise<readonly R[]> => {
  const found: R[] = [];
  for (const [index, item] of items.entries()) {
    if (index > 0 && index % AT_A_STRETCH === 0) await setImmediate();
    found.push(look(item, index));
  }
  return found;
};
