import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { oneOf } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import type { Dependencies } from '../dependencies.js';
import { LOCALES, TEMPLATE_KEYS, type Locale, type TemplateKey } from './template.js';
import { templateView } from './template.view.js';

/** Which text it is about. */
export interface TemplateParams {
  readonly key: TemplateKey;
  readonly locale: Locale;
}

export const templateParams = Joi.object<TemplateParams>({ key: oneOf(TEMPLATE_KEYS).required(), locale: oneOf(LOCALES).required() });

export const getTemplate =
  ({ templates }: Pick<Dependencies, 'templates'>) =>
  async ({ caller, params: { key, locale } }: Call<unknown, unknown, TemplateParams>): Promise<Reply> =>
    ok(templateView(key, locale, await templates.in(caller.tenantId).findOne({ key, locale })));
