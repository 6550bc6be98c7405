import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MailSummary } from '../channel/file-channel.js';

export interface ListedMail extends MailSummary {
  readonly name: string;
}

/** As `file-channel.ts` names them: nothing in a request can lead out of the directory. */
export const MAIL_NAME = /^\d{8}T\d{9}Z-[0-9a-f-]{36}-\d{1,4}$/;

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** Newest first. */
export const listMails = async (directory: string, limit: number): Promise<readonly ListedMail[]> => {
  const files = await readdir(directory).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  const names = files
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .filter((name) => MAIL_NAME.test(name))
    .sort()
    .reverse()
    .slice(0, limit);
  return Promise.all(
    names.map(async (name) => ({ name, ...(JSON.parse(await readFile(join(directory, `${name}.json`), 'utf8')) as MailSummary) })),
  );
};

/** `undefined` when there is no such mail. */
export const readMail = async (directory: string, name: string): Promise<Buffer | undefined> => {
  if (!MAIL_NAME.test(name)) return undefined;
  return readFile(join(directory, `${name}.eml`)).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
};
