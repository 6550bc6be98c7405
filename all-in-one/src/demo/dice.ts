/** Numbers that look like chance and are the same every time. */
export interface Dice {
  /** At least 0, below 1. */
  next(): number;
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number;
  one<T>(list: readonly T[]): T;
  chance(probability: number): boolean;
}

/** The generator Mulberry32: small, and good enough for what needs no secrecy. */
export const createDice = (seed: number): Dice => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    between,
    one: <T>(list: readonly T[]): T => list[between(0, list.length - 1)] as T,
    chance: (probability) => next() < probability,
  };
};
