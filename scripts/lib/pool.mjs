/** Runs `tasks` (functions that return promises), at most `size` at once; resolves with their results in order. */
export const runPool = async (size, tasks) => {
  const results = [];
  let next = 0;
  const worker = async () => {
    while (next < tasks.length) {
      const index = next++;
      results[index] = await tasks[index]();
    }
  };
  await Promise.all(Array.from({ length: size }, worker));
  return results;
};
