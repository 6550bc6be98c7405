/** What somebody counts by name, such as `opened`. Names of times are made by `addTime`. */
export type Cells = Readonly<Record<string, number>>;

/** The sheet of what is so now, whatever the day. */
export const NOW = 'now';

/** What an entity adds to the sheets, by their keys (`sheetKey`). A pure function of what is stored of the entity. */
export type Contribution = Readonly<Record<string, Cells>>;

/**
 * `2026-03-02`, or `2026-03-02>2026-03-05` for what counts only in a period that has the first day and lacks the second one:
 * a resolution is the last one of its ticket in every period that ends before the next one.
 */
export const sheetKey = (day: string, until?: string): string => (until === undefined ? day : `${day}>${until}`);

export const dayOfKey = (key: string): { readonly day: string; readonly until: string | undefined } => {
  const [day = '', until] = key.split('>');
  return { day, until };
};

/** Collects what one entity adds. */
export interface Contributing {
  readonly add: (key: string, name: string, count?: number) => void;
  readonly contribution: Contribution;
}

export const createContributing = (): Contributing => {
  const contribution: Record<string, Record<string, number>> = {};
  return {
    contribution,
    add: (key, name, count = 1) => {
      const cells = (contribution[key] ??= {});
      cells[name] = (cells[name] ?? 0) + count;
    },
  };
};

/** Sums of differences by sheet; what adds up to nothing is left out. */
export interface Differences {
  /** The entity adds `after` instead of `before`. */
  replace(before: Contribution, after: Contribution): void;
  result(): Contribution;
}

export const createDifferences = (): Differences => {
  const sheets = new Map<string, Map<string, number>>();
  const addAll = (contribution: Contribution, sign: 1 | -1): void => {
    for (const [key, cells] of Object.entries(contribution)) {
      const sheet = sheets.get(key) ?? new Map<string, number>();
      sheets.set(key, sheet);
      for (const [name, count] of Object.entries(cells)) sheet.set(name, (sheet.get(name) ?? 0) + sign * count);
    }
  };
  return {
    replace: (before, after) => {
      addAll(before, -1);
      addAll(after, 1);
    },
    result: () =>
      Object.fromEntries(
        [...sheets]
          .map(([key, cells]) => [key, Object.fromEntries([...cells].filter(([, count]) => count !== 0))] as const)
          .filter(([, cells]) => Object.keys(cells).length > 0),
      ),
  };
};
