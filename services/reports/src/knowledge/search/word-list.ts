/** In which cases a word stands, and how much it says there; by the number of the case in its index. */
export interface WordList {
  readonly size: number;
  /** Numbers grow: a case that changes gets a new one. */
  add(number: number, weight: number): void;
  /** Calls `see` for every case that is still there; a list of which more than half is gone shrinks. */
  each(isThere: (number: number) => boolean, see: (number: number, weight: number) => void): void;
}

const FIRST_ROOM = 4;
const MOST_WEIGHT = 255;

/** Five bytes for each case, since an index has millions of entries. */
export const createWordList = (): WordList => {
  let numbers = new Int32Array(FIRST_ROOM);
  let weights = new Uint8Array(FIRST_ROOM);
  let size = 0;
  const grow = (): void => {
    const [before, beside] = [numbers, weights];
    numbers = new Int32Array(size * 2);
    weights = new Uint8Array(size * 2);
    numbers.set(before);
    weights.set(beside);
  };
  const shrink = (isThere: (number: number) => boolean): void => {
    let kept = 0;
    for (let at = 0; at < size; at++) {
      const number = numbers[at] as number;
      if (!isThere(number)) continue;
      numbers[kept] = number;
      weights[kept++] = weights[at] as number;
    }
    size = kept;
  };
  return {
    get size() {
      return size;
    },
    add: (number, weight) => {
      if (size === numbers.length) grow();
      numbers[size] = number;
      weights[size++] = Math.min(MOST_WEIGHT, weight);
    },
    each: (isThere, see) => {
      let seen = 0;
      for (let at = 0; at < size; at++) {
        const number = numbers[at] as number;
        if (!isThere(number)) continue;
        seen++;
        see(number, weights[at] as number);
      }
      if (seen * 2 < size) shrink(isThere);
    },
  };
};
