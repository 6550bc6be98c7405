/** In which cases a word stands, and how much it says there; by the number of the case in its index. */
export interface WordList {
  readonly size: number;
  /** The first `size` entries count, in both arrays; plain arrays, since a question looks at a hundred thousand entries. */
  readonly numbers: Int32Array;
  readonly weights: Uint8Array;
  /** Numbers grow: a case that changes gets a new one. */
  add(number: number, weight: number): void;
  /** Takes out the cases that are gone. */
  shrink(isGone: Uint8Array): void;
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
  return {
    get size() {
      return size;
    },
    get numbers() {
      return numbers;
    },
    get weights() {
      return weights;
    },
    add: (number, weight) => {
      if (size === numbers.length) grow();
      numbers[size] = number;
      weights[size++] = Math.min(MOST_WEIGHT, weight);
    },
    shrink: (isGone) => {
      let kept = 0;
      for (let at = 0; at < size; at++) {
        const number = numbers[at] as number;
        if (isGone[number] === 1) continue;
        numbers[kept] = number;
        weights[kept++] = weights[at] as number;
      }
      size = kept;
    },
  };
};
