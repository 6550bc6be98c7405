/** WGS 84, degrees. */
export interface Point {
  readonly lat: number;
  readonly lng: number;
}

/** A journey in one direction; the way back is another leg. */
export interface Leg {
  readonly from: Point;
  readonly to: Point;
}

/** Decimals of a coordinate: about a metre. Points nearer than that count as one. */
const DIGITS = 5;

export const pointKey = ({ lat, lng }: Point): string => `${lat.toFixed(DIGITS)},${lng.toFixed(DIGITS)}`;
export const legKey = ({ from, to }: Leg): string => `${pointKey(from)}>${pointKey(to)}`;

/** Legs that all begin, or all end, at one point. A matrix service answers a star without computing legs that nobody needs. */
export type Star = readonly [Leg, ...Leg[]];

const grouped = (legs: readonly Leg[], keyOf: (leg: Leg) => string): readonly (readonly Leg[])[] => {
  const groups = new Map<string, Leg[]>();
  for (const leg of legs) {
    const group = groups.get(keyOf(leg));
    if (group === undefined) groups.set(keyOf(leg), [leg]);
    else group.push(leg);
  }
  return [...groups.values()];
};

const cut = (legs: readonly Leg[], size: number): readonly Star[] =>
  Array.from({ length: Math.ceil(legs.length / size) }, (_, index) => legs.slice(index * size, (index + 1) * size) as unknown as Star);

/** Divides legs into stars of at most `size` legs, the largest star first. */
export const starsOf = (legs: readonly Leg[], size: number): readonly Star[] => {
  const byOrigin = grouped(legs, ({ from }) => pointKey(from));
  // A leg that is the only one from its origin may be one of many to its destination.
  const many = byOrigin.filter((group) => group.length > 1);
  const single = byOrigin.filter((group) => group.length === 1).flat();
  return [...many, ...grouped(single, ({ to }) => pointKey(to))].flatMap((group) => cut(group, size)).sort((a, b) => b.length - a.length);
};

/** A star as matrix services take it. The rows of their answer, one after the other, are in the order of its legs. */
export const matrixOf = (star: Star): { readonly origins: readonly Point[]; readonly destinations: readonly Point[] } => {
  const [first] = star;
  const sameOrigin = star.every(({ from }) => pointKey(from) === pointKey(first.from));
  return sameOrigin
    ? { origins: [first.from], destinations: star.map(({ to }) => to) }
    : { origins: star.map(({ from }) => from), destinations: [first.to] };
};
