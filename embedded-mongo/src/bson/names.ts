interface Known {
  bytes: Buffer;
  text: string;
}

/** Slots for names seen before; one more name just takes the place of another, so a client cannot fill memory with them. */
const SLOTS = 4096;
const known: (Known | undefined)[] = Array.from({ length: SLOTS });
/** Longer names are rare and simply decoded. */
const LONGEST = 40;

function stands({ bytes }: Known, buf: Buffer, start: number, length: number): boolean {
  if (bytes.length !== length) return false;
  for (let i = 0; i < length; i++) if (bytes[i] !== buf[start + i]) return false;
  return true;
}

/**
 * The field name in these bytes. Names repeat from document to document: recognising their bytes saves a call into
 * native code for each, and the string given back is always the same one, with its hash for Map already computed.
 */
export function nameAt(buf: Buffer, start: number, end: number): string {
  const length = end - start;
  if (length > LONGEST) return buf.toString('utf8', start, end);
  let hash = length;
  for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + (buf[i] ?? 0)) | 0;
  const slot = (hash ^ (hash >>> 12)) & (SLOTS - 1);
  const found = known[slot];
  if (found && stands(found, buf, start, length)) return found.text;
  const text = buf.toString('utf8', start, end);
  known[slot] = { bytes: Buffer.from(buf.subarray(start, end)), text };
  return text;
}
