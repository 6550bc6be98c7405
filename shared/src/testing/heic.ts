/** A colour in a decoder's terms: luma and two chroma values, 0 to 255. */
export type Colour = readonly [y: number, cb: number, cr: number];

export interface HeicOptions {
  /** In pixels, a multiple of 16. */
  readonly width: number;
  readonly height: number;
  /** The colour of each block of 16 by 16 pixels. */
  readonly colourOf: (column: number, row: number) => Colour;
  /** The picture's size that the file claims; default: its real size. */
  readonly claimed?: { readonly width: number; readonly height: number };
}

const BLOCK = 16;

/** Bits, most significant first; `ue` writes HEVC's unsigned Exp-Golomb code. */
const createBits = () => {
  const bits: number[] = [];
  const u = (value: number, count: number): void => {
    for (let bit = count - 1; bit >= 0; bit--) bits.push(Math.floor(value / 2 ** bit) % 2);
  };
  const ue = (value: number): void => {
    const length = Math.floor(Math.log2(value + 1));
    u(0, length);
    u(value + 1, length + 1);
  };
  /** Fills the last byte, after a stop bit when there is one to write. */
  const align = (stop: 0 | 1): void => {
    if (stop === 1) bits.push(1);
    while (bits.length % 8 !== 0) bits.push(0);
  };
  const bytes = (): Buffer =>
    Buffer.from(Array.from({ length: bits.length / 8 }, (_, index) => parseInt(bits.slice(index * 8, index * 8 + 8).join(''), 2)));
  return { u, ue, align, bytes, push: (bit: number) => void bits.push(bit) };
};
type Bits = ReturnType<typeof createBits>;

/** Writes fields: [value, bits] pairs; a bare number is an Exp-Golomb code. */
const write = (bits: Bits, fields: readonly (number | readonly [value: number, count: number])[]): void => {
  for (const field of fields) {
    if (typeof field === 'number') bits.ue(field);
    else bits.u(...field);
  }
};

/** Main profile, level 3. */
const PROFILE = [
  [1, 8],
  [0x60000000, 32],
  [0b1001, 4],
  [0, 44],
  [90, 8],
] as const;

/** A unit of the stream. A byte up to 3 after two zero bytes would look like the start of another unit, so a 3 is put before it. */
const unit = (type: number, payload: Buffer): Buffer => {
  const out: number[] = [type << 1, 1];
  let zeros = 0;
  for (const byte of payload) {
    if (zeros >= 2 && byte <= 3) {
      out.push(3);
      zeros = 0;
    }
    out.push(byte);
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return Buffer.from(out);
};

const [VPS, SPS, PPS, IDR] = [32, 33, 34, 19] as const;

const parameters = (width: number, height: number): readonly (readonly [type: number, bytes: Buffer])[] => {
  const sets: Readonly<Record<number, Parameters<typeof write>[1]>> = {
    [VPS]: [[0b0000_1_1_000000_000_1, 16], [0xffff, 16], ...PROFILE, [1, 1], 0, 0, 0, [0, 6], 0, [0, 2]],
    // All blocks are 16 by 16 and raw (PCM); no filters.
    [SPS]: [
      [0b0000_000_1, 8],
      ...PROFILE,
      0,
      1,
      width,
      height,
      [0, 1],
      0,
      0,
      0,
      [1, 1],
      0,
      0,
      0,
      1,
      0,
      0,
      2,
      0,
      0,
      [0b0001, 4],
      [0x77, 8],
      1,
      0,
      [1, 1],
      0,
      [0, 5],
    ],
    [PPS]: [0, 0, [0, 7], 0, 0, 0, [0, 3], 0, 0, [0, 7], [0b101, 3], [0, 2], 0, [0, 2]],
  };
  return [VPS, SPS, PPS].map((type) => {
    const bits = createBits();
    write(bits, sets[type] ?? []);
    bits.align(1);
    return [type, unit(type, bits.bytes())] as const;
  });
};

/** Width of the less likely half, for the states that the one context of this coder runs through (ITU-T H.265, table 9-52). */
const LESS_LIKELY = [240, 227, 216, 205, 195, 185, 175, 166, 158, 150, 142, 135] as const;

/** HEVC's arithmetic coder, as far as raw blocks need it (ITU-T H.265, 9.3.4). */
const createCoder = (bits: Bits) => {
  let [low, range, first, outstanding] = [0, 510, true, 0];
  const put = (bit: number): void => {
    if (first) first = false;
    else bits.push(bit);
    for (; outstanding > 0; outstanding--) bits.push(1 - bit);
  };
  const renormalise = (): void => {
    while (range < 256) {
      if (low < 256) put(0);
      else if (low >= 512) {
        low -= 512;
        put(1);
      } else {
        low -= 256;
        outstanding++;
      }
      range *= 2;
      low *= 2;
    }
  };
  return {
    likely: (state: number): void => {
      // The table's last column is enough; ranges below 448 do not occur.
      range -= LESS_LIKELY[Math.min(state, LESS_LIKELY.length - 1)] ?? 0;
      renormalise();
    },
    end: (last: boolean): void => {
      range -= 2;
      if (!last) {
        renormalise();
        return;
      }
      low += range;
      range = 2;
      renormalise();
      put((low >> 9) & 1);
      bits.u(((low >> 7) & 3) | 1, 2);
    },
  };
};

const slice = ({ width, height, colourOf }: HeicOptions): Buffer => {
  const bits = createBits();
  write(bits, [[0b10, 2], 0, 2, 0]);
  bits.align(1);
  const [columns, rows] = [width / BLOCK, height / BLOCK];
  for (let block = 0; block < columns * rows; block++) {
    const coder = createCoder(bits);
    if (block > 0) coder.end(false);
    coder.likely(block);
    coder.end(true);
    bits.align(0);
    const [y, cb, cr] = colourOf(block % columns, Math.floor(block / columns));
    for (let sample = 0; sample < BLOCK * BLOCK; sample++) bits.u(y, 8);
    for (const chroma of [cb, cr]) for (let sample = 0; sample < (BLOCK * BLOCK) / 4; sample++) bits.u(chroma, 8);
  }
  createCoder(bits).end(true);
  bits.align(0);
  return unit(IDR, bits.bytes());
};

const u16 = (value: number): Buffer => Buffer.from([value >> 8, value & 255]);
const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const box = (type: string, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  return Buffer.concat([u32(body.length + 8), Buffer.from(type, 'latin1'), body]);
};
const full = (type: string, version: number, ...parts: readonly Buffer[]): Buffer => box(type, u32(version * 2 ** 24), ...parts);
const text = (value: string): Buffer => Buffer.from(value, 'latin1');

const decoderSetup = (sets: ReturnType<typeof parameters>): Buffer =>
  box(
    'hvcC',
    Buffer.from([1, 1, 0x60, 0, 0, 0, 0x90, 0, 0, 0, 0, 0, 90, 0xf0, 0, 0xfc, 0xfd, 0xf8, 0xf8, 0, 0, 0x0f, sets.length]),
    ...sets.map(([type, bytes]) => Buffer.concat([Buffer.from([0x80 | type]), u16(1), u16(bytes.length), bytes])),
  );

/** Builds a HEIC file of coloured blocks, so that tests need neither an encoder nor a real photo. At most twelve blocks. */
export const buildHeic = (options: HeicOptions): Buffer => {
  const { width, height, claimed = { width, height } } = options;
  const stream = slice(options);
  const data = Buffer.concat([u32(stream.length), stream]);
  const size = full('ispe', 0, u32(claimed.width), u32(claimed.height));
  const properties = box(
    'iprp',
    box('ipco', decoderSetup(parameters(width, height)), size),
    full('ipma', 0, u32(1), u16(1), Buffer.from([2, 0x81, 2])),
  );
  const head = box('ftyp', text('heic'), u32(0), text('mif1heic'));
  const meta = (offset: number): Buffer =>
    full(
      'meta',
      0,
      full('hdlr', 0, u32(0), text('pict'), Buffer.alloc(13)),
      full('pitm', 0, u16(1)),
      full('iloc', 0, u16(0x4400), u16(1), u16(1), u16(0), u16(1), u32(offset), u32(data.length)),
      full('iinf', 0, u16(1), full('infe', 2, u16(1), u16(0), text('hvc1'), Buffer.alloc(1))),
      properties,
    );
  const offset = head.length + meta(0).length + 8;
  return Buffer.concat([head, meta(offset), box('mdat', data)]);
};
