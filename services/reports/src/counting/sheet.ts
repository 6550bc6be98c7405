import type { Document } from 'mongodb';
import { encodeBuckets, eachBucket } from './buckets.js';
import { type Cells, dayOfKey } from './contribution.js';
import { bucketCell } from './times.js';

/** What counts of a day, unless the period has a later day as well: by that day. */
type Spans = Readonly<Record<string, Cells>>;

/** What is stored of a day. Texts and bytes rather than documents: a report of a year reads hundreds of them. */
export interface SheetDocument extends Document {
  /** `sheetId` */
  readonly _id: string;
  readonly tenantId: string;
  readonly day: string;
  /** The last batch that was added. */
  readonly batch: number;
  /** `Cells` as JSON. */
  readonly counts: string;
  /** Encoded buckets by the name of the times. */
  readonly times: Readonly<Record<string, Uint8Array | { readonly buffer: Uint8Array }>>;
  /** `Spans` as JSON; missing where there are none. */
  readonly spans?: string;
  /** The last day that `spans` names, so that most of them need not be read. */
  readonly lastUntil?: string;
}

type Counts = Record<string, number>;
type BucketCounts = Map<string, Map<number, number>>;

/** The driver hands out bytes as `Binary`. */
export const bytesOf = (stored: Uint8Array | { readonly buffer: Uint8Array }): Uint8Array =>
  stored instanceof Uint8Array ? stored : stored.buffer;

const addTo = (counts: Counts, name: string, count: number): void => {
  const sum = (counts[name] ?? 0) + count;
  // What is nothing takes no room.
  if (sum === 0) Reflect.deleteProperty(counts, name);
  else counts[name] = sum;
};

const bucketsIn = ({ times }: Pick<SheetDocument, 'times'>): BucketCounts =>
  new Map(
    Object.entries(times).map(([name, stored]) => {
      const buckets = new Map<number, number>();
      eachBucket(bytesOf(stored), (bucket, count) => void buckets.set(bucket, count));
      return [name, buckets];
    }),
  );

const addCells = (counts: Counts, buckets: BucketCounts, cells: Cells): void => {
  for (const [name, count] of Object.entries(cells)) {
    const cell = bucketCell(name);
    if (cell === undefined) {
      addTo(counts, name, count);
      continue;
    }
    const some = buckets.get(cell.times) ?? new Map<number, number>();
    buckets.set(cell.times, some.set(cell.bucket, (some.get(cell.bucket) ?? 0) + count));
  }
};

const encodeTimes = (buckets: BucketCounts): Record<string, Uint8Array> =>
  Object.fromEntries([...buckets].map(([name, some]) => [name, encodeBuckets(some)] as const).filter(([, bytes]) => bytes.length > 0));

const addSpan = (spans: Record<string, Counts>, until: string, cells: Cells): void => {
  const counts = (spans[until] ??= {});
  for (const [name, count] of Object.entries(cells)) addTo(counts, name, count);
  if (Object.keys(counts).length === 0) Reflect.deleteProperty(spans, until);
};

export const emptySheet = (_id: string, tenantId: string, day: string): SheetDocument => ({
  _id,
  tenantId,
  day,
  batch: 0,
  counts: '{}',
  times: {},
});

/** The sheet after a batch; `differences` are those of the sheet's day, by sheet key. */
export const addToSheet = (sheet: SheetDocument, batch: number, differences: readonly (readonly [string, Cells])[]): SheetDocument => {
  const counts = JSON.parse(sheet.counts) as Counts;
  const spans = JSON.parse(sheet.spans ?? '{}') as Record<string, Counts>;
  const buckets = bucketsIn(sheet);
  for (const [key, cells] of differences) {
    const { until } = dayOfKey(key);
    if (until === undefined) addCells(counts, buckets, cells);
    else addSpan(spans, until, cells);
  }
  const { _id, tenantId, day } = sheet;
  const untils = Object.keys(spans).sort();
  const lastUntil = untils.at(-1);
  return {
    ...{ _id, tenantId, day, batch, counts: JSON.stringify(counts), times: encodeTimes(buckets) },
    ...(lastUntil === undefined ? {} : { spans: JSON.stringify(spans), lastUntil }),
  };
};

/** What of the sheet counts only as long as a period ends before another day; those of a period that ends at `to`. */
export const spansBeyond = ({ spans, lastUntil }: SheetDocument, to: string): readonly Cells[] => {
  if (spans === undefined || lastUntil === undefined || lastUntil < to) return [];
  return Object.entries(JSON.parse(spans) as Spans).flatMap(([until, cells]) => (until < to ? [] : [cells]));
};
