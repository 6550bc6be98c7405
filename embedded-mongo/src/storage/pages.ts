import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/**
 * Looks at LMDB's pages from outside, before LMDB maps the file: a file that was cut off would end the process
 * with SIGBUS at the first read beyond its end. Offsets as in liblmdb/mdb.c (MDB_meta, MDB_page, MDB_node), 64 bit.
 */
const MAGIC = 0xbeefc0de;
const HEADER = 24;
const FLAGS = { branch: 0x01, leaf: 0x02, overflow: 0x04, leaf2: 0x20 } as const;
const NODE = { big: 0x01, sub: 0x02 } as const;
const NO_PAGE = 0xffffffffffffffffn;
/** Where an MDB_db keeps the number of its root page. */
const ROOT_OFFSET = 40;

interface Meta {
  pageSize: number;
  lastPage: number;
  txn: bigint;
  roots: bigint[];
}

function torn(path: string, why: string): Error {
  return new Error(
    `${path} is damaged: ${why}. embedded-mongo does not repair it, because that would lose data silently; restore a backup.`,
  );
}

function readMeta(bytes: Buffer): Meta | undefined {
  if (bytes.length < 160 || bytes.readUInt32LE(24) !== MAGIC) return undefined;
  return {
    pageSize: bytes.readUInt32LE(48),
    roots: [bytes.readBigUInt64LE(48 + ROOT_OFFSET), bytes.readBigUInt64LE(96 + ROOT_OFFSET)],
    lastPage: Number(bytes.readBigUInt64LE(144)),
    txn: bytes.readBigUInt64LE(152),
  };
}

class PageWalk {
  constructor(
    private readonly path: string,
    private readonly file: number,
    private readonly pageSize: number,
    private readonly pages: number,
  ) {}

  visit(page: bigint): void {
    if (page === NO_PAGE) return;
    const bytes = this.read(page);
    const flags = bytes.readUInt16LE(18);
    if (flags & FLAGS.leaf2) return;
    if (!(flags & (FLAGS.branch | FLAGS.leaf))) throw torn(this.path, `page ${page} is neither branch nor leaf`);
    // Both the end of the pointers and the pointers themselves are counted from behind the header.
    const nodes = bytes.readUInt16LE(20) >> 1;
    for (let i = 0; i < nodes; i++) this.node(bytes, HEADER + bytes.readUInt16LE(HEADER + i * 2), (flags & FLAGS.branch) !== 0);
  }

  private node(bytes: Buffer, at: number, branch: boolean): void {
    if (at + 8 > bytes.length) throw torn(this.path, 'a node lies outside of its page');
    if (branch) {
      this.visit(
        BigInt(bytes.readUInt16LE(at)) | (BigInt(bytes.readUInt16LE(at + 2)) << 16n) | (BigInt(bytes.readUInt16LE(at + 4)) << 32n),
      );
      return;
    }
    const flags = bytes.readUInt16LE(at + 4);
    const data = at + 8 + bytes.readUInt16LE(at + 6);
    if (flags & NODE.sub) this.visit(bytes.readBigUInt64LE(data + ROOT_OFFSET));
    else if (flags & NODE.big) {
      const size = bytes.readUInt16LE(at) | (bytes.readUInt16LE(at + 2) << 16);
      const first = bytes.readBigUInt64LE(data);
      this.read(first);
      this.inside(first + BigInt(Math.ceil((HEADER + size) / this.pageSize)) - 1n);
    }
  }

  private inside(page: bigint): void {
    if (page >= BigInt(this.pages)) throw torn(this.path, `page ${page} lies beyond the end of the file`);
  }

  private read(page: bigint): Buffer {
    this.inside(page);
    const bytes = Buffer.alloc(this.pageSize);
    readSync(this.file, bytes, 0, this.pageSize, Number(page) * this.pageSize);
    if (bytes.readBigUInt64LE(0) !== page) throw torn(this.path, `page ${page} holds something else`);
    return bytes;
  }
}

function metasOf(path: string, file: number, size: number): Meta[] {
  const first = Buffer.alloc(160);
  if (size < 160 || readSync(file, first, 0, 160, 0) < 160) throw torn(path, 'it is too short for a database');
  const meta = readMeta(first);
  if (!meta || meta.pageSize < 256 || meta.pageSize > 65536) throw torn(path, 'it does not begin like an LMDB file');
  const second = Buffer.alloc(160);
  readSync(file, second, 0, 160, meta.pageSize);
  const other = readMeta(second);
  if (!other) throw torn(path, 'its second meta page is no meta page');
  return [meta, other];
}

/** Refuses a data file that is cut off or no database; `thorough` looks at every page. */
export function checkDataFile(path: string, thorough = false): void {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const metas = metasOf(path, file, size);
    const newest = metas.reduce((a, b) => (b.txn > a.txn ? b : a));
    const pages = Math.floor(size / newest.pageSize);
    // The file may rightly be shorter than its last page if those at its end are free: only a walk can tell.
    if (pages > newest.lastPage && !thorough) return;
    const walk = new PageWalk(path, file, newest.pageSize, pages);
    for (const root of newest.roots) walk.visit(root);
  } finally {
    closeSync(file);
  }
}
