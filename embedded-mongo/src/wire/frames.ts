const HEADER_BYTES = 16;

export class FrameError extends Error {}

/** Cuts a byte stream into messages, however the network has cut or joined them. */
export class FrameReader {
  private parts: Buffer[] = [];
  private size = 0;

  constructor(private readonly maxBytes: number) {}

  /** Adds what has arrived and returns the messages that are now complete. */
  push(bytes: Buffer): Buffer[] {
    this.parts.push(bytes);
    this.size += bytes.length;
    const messages: Buffer[] = [];
    for (let length = this.nextLength(); length !== undefined && this.size >= length; length = this.nextLength()) {
      messages.push(this.take(length));
    }
    return messages;
  }

  /** The length the next message announces; a length no message can have ends the connection. */
  private nextLength(): number | undefined {
    if (this.size < 4) return undefined;
    if ((this.parts[0]?.length ?? 0) < 4) this.parts = [Buffer.concat(this.parts)];
    const length = this.parts[0]?.readInt32LE(0) ?? 0;
    if (length < HEADER_BYTES || length > this.maxBytes) {
      throw new FrameError(`message length ${length} is not between ${HEADER_BYTES} and ${this.maxBytes}`);
    }
    return length;
  }

  private take(length: number): Buffer {
    const all = this.parts.length === 1 ? (this.parts[0] ?? Buffer.alloc(0)) : Buffer.concat(this.parts);
    const rest = all.subarray(length);
    this.parts = rest.length > 0 ? [rest] : [];
    this.size = rest.length;
    return all.subarray(0, length);
  }
}
