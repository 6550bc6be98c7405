import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A configured secret counts; one that is not is made and kept. */
export interface SecretSource {
  readonly INTERNAL_SECRET: string | undefined;
  readonly DEVICE_PASSWORD_KEY: string | undefined;
  readonly DATA_DIR: string;
}

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
const make = async (path: string, encoding: BufferEncoding): Promise<void> => {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, `${randomBytes(32).toString(encoding)}\n`, { mode: 0o600, flush: true });
  try {
    await link(draft, path);
  } catch (error) {
    // Some network and shared volumes know no second names for a file.
    if (!hasCode(error, 'EEXIST')) await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
};

/** What this installation made at its first start and keeps in `DATA_DIR`; made now when this is the first. */
const kept = async (dataDir: string, file: string, encoding: BufferEncoding): Promise<string> => {
  const path = join(dataDir, file);
  const known = await read(path);
  if (known !== undefined) return known;
  await mkdir(dataDir, { recursive: true });
  await make(path, encoding);
  return (await read(path)) as string;
};

/** Links in mails are signed with it, and must still work after a restart. */
export const internalSecretOf = async ({
  INTERNAL_SECRET,
  DATA_DIR,
}: Pick<SecretSource, 'INTERNAL_SECRET' | 'DATA_DIR'>): Promise<string> =>
  INTERNAL_SECRET ?? kept(DATA_DIR, 'internal-secret', 'base64url');

/** Device passwords are encrypted with it, and nobody can read them without it. */
export const devicePasswordKeyOf = async ({
  DEVICE_PASSWORD_KEY,
  DATA_DIR,
}: Pick<SecretSource, 'DEVICE_PASSWORD_KEY' | 'DATA_DIR'>): Promise<string> =>
  DEVICE_PASSWORD_KEY ?? kept(DATA_DIR, 'device-password-key', 'hex');
