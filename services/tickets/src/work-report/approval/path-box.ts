/** The rectangle around everything that was drawn. */
export interface PathBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** How many numbers each command of a path takes (SVG 2, 9.3); the arc is left out, for nobody's pen draws one. */
const NUMBERS: Readonly<Record<string, number>> = { M: 2, L: 2, H: 1, V: 1, C: 6, S: 4, Q: 4, T: 2, Z: 0 };

const NUMBER = '[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:e[+-]?\\d{1,2})?';
/** Everything that may stand in a path. It is taken away piece by piece, which costs no more than the path is long. */
const PIECES = new RegExp(`[MLHVCSQTZ]|${NUMBER}|[\\s,]+`, 'gi');
const BEGINNING = /^\s*M/i;
/** A comma separates two numbers. A printer stops at one that stands elsewhere, and would leave out the rest of what was signed. */
const STRAY_COMMA = /[MLHVCSQTZ,]\s*,|,\s*(?:[MLHVCSQTZ]|$)/i;
const COMMAND = /([MLHVCSQTZ])([^MLHVCSQTZ]*)/gi;
const EACH_NUMBER = new RegExp(NUMBER, 'gi');

/** Farther than any screen is wide. */
const MOST = 100_000;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The points of one group of numbers, from where the pen is. */
const pointsOf = (command: string, numbers: readonly number[], pen: Point): readonly Point[] => {
  const isRelative = command === command.toLowerCase();
  const [first = 0] = numbers;
  if (/h/i.test(command)) return [{ x: isRelative ? pen.x + first : first, y: pen.y }];
  if (/v/i.test(command)) return [{ x: pen.x, y: isRelative ? pen.y + first : first }];
  const from = isRelative ? pen : { x: 0, y: 0 };
  return numbers.flatMap((x, index) => (index % 2 === 0 ? [{ x: from.x + x, y: from.y + (numbers[index + 1] ?? 0) }] : []));
};

/** Every point of the path, those that only bend it included; `undefined` where a command has too few or too many numbers. */
const walk = (path: string): readonly Point[] | undefined => {
  const points: Point[] = [];
  let pen: Point = { x: 0, y: 0 };
  for (const [, command = '', rest = ''] of path.matchAll(COMMAND)) {
    const numbers = (rest.match(EACH_NUMBER) ?? []).map(Number);
    const size = NUMBERS[command.toUpperCase()] ?? 0;
    if (size === 0 ? numbers.length > 0 : numbers.length === 0 || numbers.length % size !== 0) return undefined;
    for (let at = 0; at < numbers.length; at += size) {
      const group = pointsOf(command, numbers.slice(at, at + size), pen);
      points.push(...group);
      pen = group.at(-1) ?? pen;
    }
  }
  return points;
};

/** `undefined` for what is no path of lines and curves. */
export const boxOfPath = (path: string): PathBox | undefined => {
  const isPath = BEGINNING.test(path) && !STRAY_COMMA.test(path) && path.replace(PIECES, '') === '';
  const points = isPath ? walk(path) : undefined;
  if (points === undefined || points.length < 2 || points.some(({ x, y }) => Math.abs(x) > MOST || Math.abs(y) > MOST)) return undefined;
  const [first = { x: 0, y: 0 }] = points;
  return points.reduce<PathBox>(
    ({ left, top, right, bottom }, { x, y }) => ({
      left: Math.min(left, x),
      top: Math.min(top, y),
      right: Math.max(right, x),
      bottom: Math.max(bottom, y),
    }),
    { left: first.x, top: first.y, right: first.x, bottom: first.y },
  );
};
