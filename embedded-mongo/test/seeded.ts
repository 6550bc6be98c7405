/** Numbers from 0 up to 1, the same ones for the same seed (mulberry32). */
export function seededRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/**
 * Runs a test whose choices are random and names the seed when it fails; `EMBEDDED_MONGO_SEED` makes the same choices
 * again. What the server does at the same time may still fall differently.
 */
export async function withSeed(run: (random: (below: number) => number) => Promise<void>): Promise<void> {
  const seed = Number(process.env.EMBEDDED_MONGO_SEED ?? Date.now() % 1_000_000);
  try {
    await run(seededRandom(seed));
  } catch (error) {
    throw new Error(`with EMBEDDED_MONGO_SEED=${seed}: ${(error as Error).message}`, { cause: error });
  }
}
