import { oneOf } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { LOCALES, TEMPLATE_KEYS, type Locale, type TemplateKey } from './template.js';

export interface TemplateParams {
  readonly key: TemplateKey;
  readonly locale: Locale;
}

export const templateParams = Joi.object<TemplateParams>({ key: oneOf(TEMPLATE_KEYS).required(), locale: oneOf(LOCALES).required() });
