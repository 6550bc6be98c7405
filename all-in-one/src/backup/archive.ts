import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createGunzip, createGzip } from 'node:zlib';
import { extract, pack, type Headers, type Pack } from 'tar-stream';
import { fault, sentenceOf } from './fault.js';
import { MANIFEST, readManifest, type Entry, type Manifest } from './manifest.js';
import { sync } from './files.js';

/** Bytes; a manifest has some 150 of them for each file. */
const LONGEST_MANIFEST = 256 * 1024 * 1024;

const addFile = async (archive: Pack, { path, size, mode, sha256 }: Entry, file: string, mtime: Date): Promise<void> => {
  const hash = createHash('sha256');
  const entry = archive.entry({ name: path, size, mode, mtime });
  const source = createReadStream(file, { highWaterMark: 1 << 20 });
  source.on('data', (chunk) => hash.update(chunk));
  await pipeline(source, entry as unknown as NodeJS.WritableStream);
  if (hash.digest('hex') !== sha256) throw fault(`${file} changed while it was being read. Run the backup again.`);
};

/** Writes manifest and files into one gzipped tar; `fileOf` says where an entry lies. */
export const writeArchive = async (to: string, manifest: Manifest, fileOf: (path: string) => string): Promise<void> => {
  const archive = pack();
  const mtime = new Date(manifest.createdAt);
  const fill = async (): Promise<void> => {
    archive.entry({ name: MANIFEST, mode: 0o600, mtime }, JSON.stringify(manifest, null, 1));
    for (const entry of manifest.entries) await addFile(archive, entry, fileOf(entry.path), mtime);
    archive.finalize();
  };
  // The fastest level: the archive of a database is a third of it on any level, and the service beside needs the cores.
  const gzip = createGzip({ level: constants.Z_BEST_SPEED });
  await Promise.all([
    pipeline(archive as unknown as Readable, gzip, createWriteStream(to, { mode: 0o600, flags: 'wx' })),
    fill().catch((error: unknown) => {
      archive.destroy(error as Error);
      throw error;
    }),
  ]);
  await sync(to);
};

const readAll = async (stream: AsyncIterable<Buffer>): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
};

/** A name is taken from the manifest, never from the tar: what the manifest does not list is refused. */
const place = async (into: string, entry: Entry, content: AsyncIterable<Buffer>): Promise<void> => {
  const file = join(into, ...entry.path.split('/'));
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const hash = createHash('sha256');
  const hashed = async function* () {
    for await (const chunk of content) {
      hash.update(chunk);
      yield chunk;
    }
  };
  await pipeline(hashed, createWriteStream(file, { mode: entry.mode & 0o700, flags: 'wx' }));
  if (hash.digest('hex') !== entry.sha256) throw fault(`The archive is damaged: ${entry.path} is not what was backed up.`);
  await sync(file);
};

const refuseOther = ({ name, type, size }: Headers, entry: Entry | undefined): Entry => {
  if (entry === undefined)
    throw fault(`The archive is not to be trusted: it holds ${JSON.stringify(name)}, which its manifest does not list.`);
  if (type !== 'file') throw fault(`The archive is not to be trusted: ${JSON.stringify(name)} is no plain file.`);
  if (size !== entry.size) throw fault(`The archive is damaged: ${entry.path} has ${size} bytes instead of ${entry.size}.`);
  return entry;
};

/** Whether an error comes from gzip or tar. */
const isDamage = (error: unknown): boolean => {
  const { code, message } = error as NodeJS.ErrnoException;
  return code?.startsWith('Z_') === true || /tar header|unexpected end/i.test(message);
};

export interface Unpacking {
  /** An empty directory that nobody looks into yet. */
  readonly into: string;
  /** Called once the manifest is read and before anything is written. */
  readonly begin: (manifest: Manifest) => Promise<void>;
}

/** Unpacks an archive and holds every byte against the manifest; throws when one file is missing, too many or another. */
export const unpackArchive = async (from: string, { into, begin }: Unpacking): Promise<Manifest> => {
  const tar = extract();
  const reading = pipeline(createReadStream(from), createGunzip(), tar as unknown as NodeJS.WritableStream);
  const unpack = async (): Promise<Manifest> => {
    let manifest: Manifest | undefined;
    const missing = new Map<string, Entry>();
    for await (const entry of tar) {
      const content = entry as unknown as AsyncIterable<Buffer>;
      if (manifest === undefined) {
        const { name, size = 0 } = entry.header;
        if (name !== MANIFEST || size > LONGEST_MANIFEST) throw fault(`${from} is no backup of Riparo.`);
        manifest = readManifest(await readAll(content));
        for (const one of manifest.entries) missing.set(one.path, one);
        await begin(manifest);
      } else {
        const wanted = refuseOther(entry.header, missing.get(entry.header.name));
        missing.delete(wanted.path);
        await place(into, wanted, content);
      }
    }
    if (manifest === undefined) throw fault(`${from} is no backup of Riparo.`);
    const [first] = missing.keys();
    if (first !== undefined) throw fault(`The archive is damaged: ${missing.size} file(s) are missing, such as ${first}.`);
    return manifest;
  };
  const [read, unpacked] = await Promise.allSettled([reading, unpack()]);
  // Whoever unpacks ends the reading by its fault, and then that fault is the reason.
  const reason: unknown = unpacked.status === 'rejected' ? unpacked.reason : read.status === 'rejected' ? read.reason : undefined;
  if (reason === undefined && unpacked.status === 'fulfilled') return unpacked.value;
  const first: unknown = read.status === 'rejected' && isDamage(read.reason) ? read.reason : reason;
  if (isDamage(first)) throw fault(`${from} is cut off, damaged or no backup of Riparo (${sentenceOf(first)}).`, first);
  throw first;
};
