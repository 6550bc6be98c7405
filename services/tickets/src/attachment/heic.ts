import { invalidInput } from '@riparo/shared/errors/common-errors';

/*
 * HEIC pictures can be decoded by no library that comes without patents or downloads, so they cannot be made anew from
 * their pixels as others are. Where they were taken is in items of their own (ISO/IEC 23008-12, Exif and XMP), which are
 * overwritten with zeros in place; nothing else moves, so everything that is left still reads.
 */

interface Box {
  readonly type: string;
  /** Of the whole box. */
  readonly start: number;
  /** Of what is in it. */
  readonly from: number;
  readonly to: number;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

const unreadable = (): Error => invalidInput([{ path: 'file', message: 'is not a readable picture' }]);

/** Boxes side by side (ISO/IEC 14496-12, 4.2): 32 bits of size, four letters of type, 64 bits of size where 32 were not enough. */
const boxesIn = (bytes: Buffer, from: number, to: number): readonly Box[] => {
  const boxes: Box[] = [];
  for (let start = from; start < to;) {
    if (start + 8 > to) throw unreadable();
    const short = bytes.readUInt32BE(start);
    const header = short === 1 ? 16 : 8;
    const size = short === 0 ? to - start : short === 1 ? Number(bytes.readBigUInt64BE(start + 8)) : short;
    if (size < header || start + size > to) throw unreadable();
    boxes.push({ type: bytes.toString('latin1', start + 4, start + 8), start, from: start + header, to: start + size });
    start += size;
  }
  return boxes;
};

const only = (boxes: readonly Box[], type: string): Box => {
  const [box, second] = boxes.filter((each) => each.type === type);
  if (box === undefined || second !== undefined) throw unreadable();
  return box;
};

/** Reads numbers of 0, 2, 4 or 8 bytes one after another. */
const reader = (bytes: Buffer, from: number) => {
  let at = from;
  return (size: number): number => {
    const value = size === 0 ? 0 : size === 8 ? Number(bytes.readBigUInt64BE(at)) : bytes.readUIntBE(at, size);
    at += size;
    return value;
  };
};

const METADATA = ['Exif', 'mime', 'uri '];

/** Ids of the items that hold metadata. */
const metadataItems = (bytes: Buffer, info: Box): ReadonlySet<number> => {
  const entriesFrom = info.from + 4 + (bytes[info.from] === 0 ? 2 : 4);
  const ids = new Set<number>();
  for (const entry of boxesIn(bytes, entriesFrom, info.to)) {
    const version = bytes[entry.from] ?? 0;
    if (entry.type !== 'infe' || version < 2) throw unreadable();
    const idSize = version === 2 ? 2 : 4;
    const typeAt = entry.from + 4 + idSize + 2;
    if (METADATA.includes(bytes.toString('latin1', typeAt, typeAt + 4))) ids.add(bytes.readUIntBE(entry.from + 4, idSize));
  }
  return ids;
};

/** Where items lie in the file. `data` is the box that some of them lie in. */
const rangesOf = (bytes: Buffer, { from }: Box, wanted: ReadonlySet<number>, data: Box | undefined): readonly Range[] => {
  const version = bytes[from] ?? 0;
  const [sizes, moreSizes] = [bytes.readUInt8(from + 4), bytes.readUInt8(from + 5)];
  const [offsetSize, lengthSize, baseSize] = [sizes >> 4, sizes & 15, moreSizes >> 4];
  const indexSize = version === 0 ? 0 : moreSizes & 15;
  if ([offsetSize, lengthSize, baseSize, indexSize].some((size) => ![0, 4, 8].includes(size))) throw unreadable();
  const next = reader(bytes, from + 6);
  const ranges: Range[] = [];
  for (let items = next(version < 2 ? 2 : 4); items > 0; items--) {
    const id = next(version < 2 ? 2 : 4);
    const method = version === 0 ? 0 : next(2) & 15;
    next(2);
    const base = next(baseSize);
    for (let extents = next(2); extents > 0; extents--) {
      next(indexSize);
      const start = base + next(offsetSize);
      const length = next(lengthSize);
      if (!wanted.has(id)) continue;
      const origin = method === 0 ? 0 : method === 1 ? data?.from : undefined;
      if (origin === undefined) throw unreadable();
      ranges.push({ from: origin + start, to: origin + start + length });
    }
  }
  return ranges;
};

const KEPT = ['ftyp', 'meta', 'mdat'];

/** The same picture without Exif and XMP. Throws 422 on what cannot be followed: nothing is kept that might tell a place. */
export const withoutHeicMetadata = (original: Buffer): Buffer => {
  const bytes = Buffer.from(original);
  try {
    const top = boxesIn(bytes, 0, bytes.length);
    const meta = only(top, 'meta');
    const inMeta = boxesIn(bytes, meta.from + 4, meta.to);
    const items = metadataItems(bytes, only(inMeta, 'iinf'));
    const ranges = rangesOf(
      bytes,
      only(inMeta, 'iloc'),
      items,
      inMeta.find(({ type }) => type === 'idat'),
    );
    for (const { from, to } of ranges) {
      if (to > bytes.length) throw unreadable();
      bytes.fill(0, from, to);
    }
    // Whatever else stands beside the picture becomes empty space.
    for (const { start, from, to } of top.filter(({ type }) => !KEPT.includes(type))) {
      bytes.write('free', start + 4, 'latin1');
      bytes.fill(0, from, to);
    }
    return bytes;
  } catch (error) {
    // Numbers that point outside of the file.
    throw error instanceof RangeError ? unreadable() : error;
  }
};
