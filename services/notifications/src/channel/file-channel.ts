import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { composeMail } from './compose-mail.js';
import type { ChannelPort, Message } from './channel.js';

export interface FileChannelOptions {
  readonly directory: string;
  readonly from: string;
}

/** What `/dev/mail` shows of a mail without parsing it. */
export interface MailSummary {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly at: string;
}

/** Sorts by time; the same on every try, so that a mail written twice is one file. */
const fileName = ({ at, notificationId, recipientKey }: Message): string =>
  `${at.toISOString().replace(/[-:.]/g, '')}-${notificationId}-${recipientKey}`;

/** Whole or not at all: a reader never sees half a file. */
const writeWhole = async (path: string, content: Buffer | string): Promise<void> => {
  await writeFile(`${path}.part`, content);
  await rename(`${path}.part`, path);
};

/** Mail as `.eml` files, for an installation without a mail server. */
export const createFileChannel = ({ directory, from }: FileChannelOptions): ChannelPort => {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  return {
    send: async (message) => {
      const { message: bytes } = await transport.sendMail(composeMail(from, message));
      if (!Buffer.isBuffer(bytes)) throw new TypeError('the mail was not composed as a buffer');
      await mkdir(directory, { recursive: true, mode: 0o700 });
      const path = join(directory, fileName(message));
      const summary: MailSummary = { to: message.address, subject: message.subject, text: message.text, at: message.at.toISOString() };
      await writeWhole(`${path}.eml`, bytes);
      await writeWhole(`${path}.json`, JSON.stringify(summary));
    },
    close: () => Promise.resolve(),
  };
};
