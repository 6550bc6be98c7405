/** The PDF specification lets readers search the end of a document in its last 1,024 bytes. */
const TAIL = 1_024;
/** Markup that a careless browser would show as a page, if anybody told the browser so. */
const PAGE = /<(?:!doctype|html|script|svg|body|iframe)/i;

const ZIP_END = Buffer.from('PK\x05\x06', 'latin1');
const ZIP_END_BYTES = 22;

/**
 * True when the file is a zip archive too. Archives are read from their end, so an archive behind a document ends with
 * its directory and a comment.
 */
const endsAsZip = (bytes: Buffer): boolean => {
  const start = bytes.lastIndexOf(ZIP_END);
  if (start < 0 || start + ZIP_END_BYTES > bytes.length) return false;
  return start + ZIP_END_BYTES + bytes.readUInt16LE(start + ZIP_END_BYTES - 2) === bytes.length;
};

/** False for a file that is no PDF, or begins as one but is something else as well. */
export const isPlainPdf = (bytes: Buffer): boolean => {
  const [head, tail] = [bytes.subarray(0, TAIL).toString('latin1'), bytes.subarray(-TAIL).toString('latin1')];
  return head.startsWith('%PDF-') && tail.includes('%%EOF') && !PAGE.test(head) && !endsAsZip(bytes);
};
