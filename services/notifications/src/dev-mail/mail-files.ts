import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface ListedMail {
  readonly name: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly at: string;
}

/** As `file-channel.ts` names them: nothing in a request can lead out of the directory. */
export const MAIL_NAME = /^\d{8}T\d{9}Z-[0-9a-f-]{36}-\d{1,4}$/;

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

const readListed = async (directory: string, name: string): Promise<ListedMail> => {
  // Only whoever opens the page pays for the parser.
  const { default: PostalMime } = await import('postal-mime');
  const { to = [], subject = '', text = '', date = '' } = await PostalMime.parse(await readFile(join(directory, `${name}.eml`)));
  return { name, to: to.map(({ address }) => address ?? '').join(', '), subject, text, at: date };
};

/** Newest first. */
export const listMails = async (directory: string, limit: number): Promise<readonly ListedMail[]> => {
  const files = await readdir(directory).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  const names = files
    .filter((file) => file.endsWith('.eml'))
    .map((file) => file.slice(0, -'.eml'.length))
    .filter((name) => MAIL_NAME.test(name))
    .sort()
    .reverse()
    .slice(0, limit);
  return Promise.all(names.map((name) => readListed(directory, name)));
};

/** `undefined` when there is no such mail. */
export const readMail = async (directory: string, name: string): Promise<Buffer | undefined> => {
  if (!MAIL_NAME.test(name)) return undefined;
  return readFile(join(directory, `${name}.eml`)).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
};
