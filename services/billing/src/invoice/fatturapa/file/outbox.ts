import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FatturapaFile } from '../make-fatturapa.js';

/** Where files go that are to be sent to the exchange system. Who sends them is the operator's choice. */
export interface FatturapaOutbox {
  /** Hands a file over whole or not at all. The same one again changes nothing. */
  drop(file: FatturapaFile): Promise<void>;
}

const contentOf = async (path: string): Promise<Buffer | undefined> => {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

/**
 * Under a name that no program takes for an invoice, and on the disk before it gets its own. A crash can leave a hidden `.part`,
 * and no half invoice.
 */
const writeWhole = async (dir: string, { fileName, bytes }: FatturapaFile): Promise<void> => {
  const part = join(dir, `.${fileName}.${randomUUID()}.part`);
  try {
    const handle = await open(part, 'w', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(part, join(dir, fileName));
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
};

/** Puts files into a folder, from which the operator's program takes them. */
export const createDropFolder = (dir: string): FatturapaOutbox => ({
  drop: async (file) => {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    const there = await contentOf(join(dir, file.fileName));
    if (there?.equals(file.bytes)) return;
    if (there !== undefined) throw new Error(`${file.fileName} is in ${dir} with another content`);
    await writeWhole(dir, file);
  },
});
