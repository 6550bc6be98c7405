import { ByteWriter } from './byte-writer.js';

const END = 0x00;
const STRING_END = 0x01;
const ESCAPED = 0xff;

/** The bytes of index keys as they are put together. */
export class KeyWriter extends ByteWriter {
  constructor() {
    super(512);
  }

  uint32(value: number): void {
    const at = this.room(4);
    this.buf.writeUInt32BE(value, at);
  }

  uint64(value: bigint): void {
    const at = this.room(8);
    this.buf.writeBigUInt64BE(value, at);
  }

  /**
   * A string ends with 00 01; a zero inside of it is written as 00 FF. So the end is smaller than anything that
   * could follow, and no string's bytes begin another's: a range over a prefix then holds exactly one value.
   */
  text(text: string): void {
    const at = this.room(text.length * 3 + 1);
    const length = this.buf.write(text, at, 'utf8');
    this.pos = at + length;
    if (text.includes('\0')) {
      const plain = Buffer.from(this.buf.subarray(at, at + length));
      this.pos = at;
      for (const byte of plain) {
        this.byte(byte);
        if (byte === 0) this.byte(ESCAPED);
      }
    }
    this.byte(END);
    this.byte(STRING_END);
  }

  /** A double so that bytes order as numbers do; NaN below everything, -0 equal to 0. */
  double(value: number): void {
    const at = this.room(8);
    if (Number.isNaN(value)) {
      this.buf.fill(0, at, at + 8);
      return;
    }
    this.buf.writeDoubleBE(value === 0 ? 0 : value, at);
    const first = this.buf[at] ?? 0;
    if (first & 0x80) for (let i = at; i < at + 8; i++) this.buf[i] = ~(this.buf[i] ?? 0);
    else this.buf[at] = first | 0x80;
  }

  date(ms: number): void {
    const at = this.room(8);
    const high = Math.floor(ms / 0x100000000);
    this.buf.writeUInt32BE(high + 0x80000000, at);
    this.buf.writeUInt32BE(ms - high * 0x100000000, at + 4);
  }

  finish(): Buffer {
    const result = Buffer.from(this.buf.subarray(0, this.pos));
    this.pos = 0;
    return result;
  }
}
