/** Behind something large there is at least an end, for which it need not be copied again. */
const SPARE_BYTES = 256;

/** Bytes as they are put together, in a buffer that grows. */
export class ByteWriter {
  buf: Buffer;
  pos = 0;

  constructor(size: number) {
    this.buf = Buffer.allocUnsafe(size);
  }

  /** Makes room for n bytes and returns where they go. It may replace the buffer: nobody may have looked at that before. */
  room(n: number): number {
    const at = this.pos;
    if (at + n > this.buf.length) {
      const grown = Buffer.allocUnsafe(Math.max(this.buf.length * 2, at + n + SPARE_BYTES));
      this.buf.copy(grown, 0, 0, at);
      this.buf = grown;
    }
    this.pos = at + n;
    return at;
  }

  byte(value: number): void {
    const at = this.room(1);
    this.buf[at] = value;
  }

  raw(bytes: Buffer): void {
    const at = this.room(bytes.length);
    bytes.copy(this.buf, at);
  }
}
