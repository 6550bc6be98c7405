const ARENA_BYTES = 64 * 1024 * 1024;
const LENGTH_BYTES = 2;
/** A place is the arena's number and the offset in it, in one number. */
const SHIFT = 2 ** 26;

/** Millions of short keys to be gone through in order, in a few large blocks of memory instead of an object for each. */
export class SortedKeys {
  private readonly arenas: Buffer[] = [];
  private used = ARENA_BYTES;
  private places = new Float64Array(1024);
  private count = 0;

  add(key: Buffer): void {
    if (this.used + LENGTH_BYTES + key.length > ARENA_BYTES) {
      this.arenas.push(Buffer.allocUnsafe(ARENA_BYTES));
      this.used = 0;
    }
    const arena = this.arenas.at(-1) as Buffer;
    arena.writeUInt16LE(key.length, this.used);
    key.copy(arena, this.used + LENGTH_BYTES);
    if (this.count === this.places.length) {
      const longer = new Float64Array(this.count * 2);
      longer.set(this.places);
      this.places = longer;
    }
    this.places[this.count++] = (this.arenas.length - 1) * SHIFT + this.used;
    this.used += LENGTH_BYTES + key.length;
  }

  private at(place: number): Buffer {
    const arena = this.arenas[Math.floor(place / SHIFT)] as Buffer;
    const start = place % SHIFT;
    return arena.subarray(start + LENGTH_BYTES, start + LENGTH_BYTES + arena.readUInt16LE(start));
  }

  private compare(left: number, right: number): number {
    const [a, b] = [this.arenas[Math.floor(left / SHIFT)] as Buffer, this.arenas[Math.floor(right / SHIFT)] as Buffer];
    const [i, j] = [left % SHIFT, right % SHIFT];
    const [from, other] = [i + LENGTH_BYTES, j + LENGTH_BYTES];
    return a.compare(b, other, other + b.readUInt16LE(j), from, from + a.readUInt16LE(i));
  }

  /** What comes are views of these blocks, not copies. */
  *inOrder(): Generator<Buffer, void> {
    const places = this.places.subarray(0, this.count).sort((left, right) => this.compare(left, right));
    for (const place of places) yield this.at(place);
  }
}
