import { line, oneOf, paragraph } from '@riparo/shared/http/schemas';
import { DuplicateKeyError } from '@riparo/shared/errors/duplicate-key-error';
import Joi from 'joi';
import { cannedReplyTitleTaken } from './canned-reply.errors.js';
import { CATEGORIES, type Wording } from './canned-reply.js';
import { placeholderFault } from './placeholders.js';

export const cannedReplyBody = Joi.object<Wording>({
  title: line(120).required(),
  body: paragraph(10_000)
    .required()
    .custom((text: string, helpers) => {
      const fault = placeholderFault(text);
      return fault === undefined ? text : helpers.error('placeholder', { fault });
    })
    .messages({ placeholder: '{#fault}' }),
  category: oneOf(CATEGORIES),
  isShared: Joi.boolean().default(false),
});

/** Turns a refused write into "title taken"; for `catch` after a write. */
export const refuseTaken = (error: unknown): never => {
  throw error instanceof DuplicateKeyError && error.fields.includes('titleKey') ? cannedReplyTitleTaken() : error;
};
