import { chmod, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { composeMail } from './compose-mail.js';
import type { ChannelPort, Message } from './channel.js';

export interface FileChannelOptions {
  readonly directory: string;
  readonly from: string;
}

/** Sorts by time; the same on every try, so that a mail written twice is one file. */
const fileName = ({ at, notificationId, recipientKey }: Message): string =>
  `${at.toISOString().replace(/[-:.]/g, '')}-${notificationId}-${recipientKey}`;

/** Whole or not at all: a reader never sees half a file. */
const writeWhole = async (path: string, content: Buffer): Promise<void> => {
  await writeFile(`${path}.part`, content);
  await rename(`${path}.part`, path);
};

/** Closed to other users of the machine, also where an earlier version left it open; another user's folder stays as it is. */
const makePrivate = async (directory: string): Promise<void> => {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await chmod(directory, 0o700).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
  });
};

/** Mail as `.eml` files, for an installation without a mail server. */
export const createFileChannel = ({ directory, from }: FileChannelOptions): ChannelPort => {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  let made: Promise<void> | undefined;
  return {
    send: async (message) => {
      const { message: bytes } = await transport.sendMail(composeMail(from, message));
      if (!Buffer.isBuffer(bytes)) throw new TypeError('the mail was not composed as a buffer');
      await (made ??= makePrivate(directory));
      await writeWhole(join(directory, `${fileName(message)}.eml`), bytes);
    },
    close: () => Promise.resolve(),
  };
};
