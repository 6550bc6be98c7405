const FEW = 500;

/** The `most` items with the highest scores, the best first, without sorting the others; `isBefore` decides between equals. */
export const bestOf = (
  count: number,
  most: number,
  scoreAt: (index: number) => number,
  isBefore: (one: number, other: number) => boolean,
): readonly number[] => {
  const best: number[] = [];
  const beats = (one: number, other: number): boolean => {
    const [score, against] = [scoreAt(one), scoreAt(other)];
    return score === against ? isBefore(one, other) : score > against;
  };
  // Of a late page nearly all are wanted: then sorting costs less.
  if (most > FEW)
    return Array.from({ length: count }, (_, index) => index)
      .sort((one, other) => (beats(one, other) ? -1 : 1))
      .slice(0, most);
  for (let index = 0; index < count; index++) {
    const last = best.at(-1);
    if (best.length === most && last !== undefined && !beats(index, last)) continue;
    let [low, high] = [0, best.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (beats(index, best[middle] as number)) high = middle;
      else low = middle + 1;
    }
    best.splice(low, 0, index);
    if (best.length > most) best.pop();
  }
  return best;
};
