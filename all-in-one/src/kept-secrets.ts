import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A configured secret is used. A missing one is made at the first start and kept in `DATA_DIR`. */
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

/**
 * Writes the secret to a draft file first and then links the draft to `path`: a reader sees the whole secret or
 * nothing, and of two starts at the same time one wins.
 */
const make = async (path: string, encoding: BufferEncoding): Promise<void> => {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, `${randomBytes(32).toString(encoding)}\n`, { mode: 0o600, flush: true });
  try {
    await link(draft, path);
  } catch (error) {
    // Some network and shared volumes cannot link a file to a second name.
    if (!hasCode(error, 'EEXIST')) await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
};

/** The secret that the first start wrote to `DATA_DIR`; made now when this is the first start. */
const kept = async (dataDir: string, file: string, encoding: BufferEncoding): Promise<string> => {
  const path = join(dataDir, file);
  const known = await read(path);
  if (known !== undefined) return known;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await make(path, encoding);
  return (await read(path)) as string;
};

/** The secret that signs links in mails. It is kept because the links must still work after a restart. */
export const internalSecretOf = async ({
  INTERNAL_SECRET,
  DATA_DIR,
}: Pick<SecretSource, 'INTERNAL_SECRET' | 'DATA_DIR'>): Promise<string> =>
  INTERNAL_SECRET ?? kept(DATA_DIR, 'internal-secret', 'base64url');

/** The key that encrypts device passwords. Without the key nobody can read them. */
export const devicePasswordKeyOf = async ({
  DEVICE_PASSWORD_KEY,
  DATA_DIR,
}: Pick<SecretSource, 'DEVICE_PASSWORD_KEY' | 'DATA_DIR'>): Promise<string> =>
  DEVICE_PASSWORD_KEY ?? kept(DATA_DIR, 'device-password-key', 'hex');
