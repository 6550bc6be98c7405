import { notFound } from '@riparo/shared/errors/common-errors';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import Joi from 'joi';
import type { Dependencies } from '../dependencies.js';
import { MAIL_NAME, readMail } from './mail-files.js';

export const devMailParams = Joi.object<{ name: string }>({ name: Joi.string().pattern(MAIL_NAME).required() });

/** The source as text: a browser must not take it for a page. */
export const showDevMail =
  ({ devMailDirectory }: Pick<Dependencies, 'devMailDirectory'>) =>
  async ({ fromThisMachine, params }: PublicCall<unknown, unknown, { name: string }>): Promise<Reply> => {
    const bytes = devMailDirectory === undefined || !fromThisMachine ? undefined : await readMail(devMailDirectory, params.name);
    if (bytes === undefined) throw notFound('mail');
    return { status: 200, body: bytes, headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' } };
  };
