import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { line, paragraph } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import type { Dependencies } from '../dependencies.js';
import { builtInText } from './texts.js';
import { checkTemplate } from './check-template.js';
import { definitionOf } from './template.js';
import type { TemplateParams } from './get-template.js';

export interface PreviewTemplate {
  readonly subject?: string;
  readonly body?: string;
  readonly action?: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Whatever is left out is taken from the text in force, and from the sample data. */
export const previewTemplateSchema = Joi.object<PreviewTemplate>({
  subject: line(300),
  body: paragraph(20_000),
  action: line(100),
  data: Joi.object().pattern(/^[A-Za-z][A-Za-z0-9]{0,39}$/, Joi.string().allow('').max(2_000)),
});

export const previewTemplate =
  ({ templates, renderer }: Pick<Dependencies, 'templates' | 'renderer'>) =>
  async ({ caller, params: { key, locale }, body }: Call<PreviewTemplate, unknown, TemplateParams>): Promise<Reply> => {
    const { subject, body: text, action } = (await templates.in(caller.tenantId).findOne({ key, locale })) ?? builtInText(key, locale);
    const draft = { subject: body.subject ?? subject, body: body.body ?? text, action: body.action ?? action };
    checkTemplate(renderer, key, locale, draft);
    return ok(renderer.render(draft, { ...definitionOf(key).sample, ...body.data }, locale));
  };
