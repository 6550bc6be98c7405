import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface InternalSecretSource {
  readonly INTERNAL_SECRET: string | undefined;
  readonly DATA_DIR: string;
}

const FILE = 'internal-secret';
const hasCode = (error: unknown, code: string): boolean => (error as NodeJS.ErrnoException).code === code;

const read = async (path: string): Promise<string | undefined> => {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
};

/** Written whole under another name first: whoever reads it sees all of it or nothing, and of two starts one wins. */
const make = async (path: string): Promise<void> => {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flush: true });
  try {
    await link(draft, path);
  } catch (error) {
    // Some network and shared volumes know no second names for a file.
    if (!hasCode(error, 'EEXIST')) await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
};

/**
 * The secret that `INTERNAL_SECRET` names, or the one this installation made at its first start and keeps in `DATA_DIR`:
 * links in mails are signed with it, and must still work after a restart.
 */
export const internalSecretOf = async ({ INTERNAL_SECRET, DATA_DIR }: InternalSecretSource): Promise<string> => {
  if (INTERNAL_SECRET !== undefined) return INTERNAL_SECRET;
  const path = join(DATA_DIR, FILE);
  const known = await read(path);
  if (known !== undefined) return known;
  await mkdir(DATA_DIR, { recursive: true });
  await make(path);
  return (await read(path)) as string;
};
