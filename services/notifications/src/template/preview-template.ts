import { notFound } from '@riparo/shared/errors/common-errors';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { line, paragraph } from '@riparo/shared/http/schemas';
import { brandOf } from '@riparo/shared/pages/brand';
import Joi from 'joi';
import type { Dependencies } from '../dependencies.js';
import { builtInText } from './texts.js';
import { checkTemplate } from './check-template.js';
import { definitionOf, type TemplateKey } from './template.js';
import type { TemplateParams } from './get-template.js';

export interface PreviewTemplate {
  readonly subject?: string;
  readonly body?: string;
  readonly action?: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly notificationId?: string;
}

/** Whatever is left out is taken from the text in force, and from the sample data. */
export const previewTemplateSchema = Joi.object<PreviewTemplate>({
  subject: line(300),
  body: paragraph(20_000),
  action: line(100),
  data: Joi.object().pattern(/^[A-Za-z][A-Za-z0-9]{0,39}$/, Joi.string().allow('').max(2_000)),
  notificationId: Joi.string().uuid().description('A notification of this text, whose data are shown instead of the sample.'),
});

type Deps = Pick<Dependencies, 'templates' | 'renderer' | 'notifications' | 'named' | 'settings'>;

/**
 * What a notification was about. Its personal links stay those of the sample: who previews a mail must not get what lets
 * its reader in. What is told about an account is shown to nobody.
 */
const dataOf = async ({ notifications, named }: Deps, tenantId: string, key: TemplateKey, id: string) => {
  const notification = await notifications.in(tenantId).find(id);
  if (notification === undefined || notification.category === 'SECURITY') throw notFound('notification');
  const { content } = notification;
  if (content.kind !== 'template' || content.key !== key) throw notFound('notification');
  return named(tenantId, content.data);
};

export const previewTemplate =
  (deps: Deps) =>
  async ({ caller, params: { key, locale }, body }: Call<PreviewTemplate, unknown, TemplateParams>): Promise<Reply> => {
    const { templates, renderer, settings } = deps;
    const { tenantId } = caller;
    const { subject, body: text, action } = (await templates.in(tenantId).findOne({ key, locale })) ?? builtInText(key, locale);
    const draft = { subject: body.subject ?? subject, body: body.body ?? text, action: body.action ?? action };
    checkTemplate(renderer, key, locale, draft);
    const company = await settings.find(tenantId, tenantId);
    const real = body.notificationId === undefined ? {} : await dataOf(deps, tenantId, key, body.notificationId);
    const centre = company === undefined ? {} : { company: company.companyName, timeZone: company.timeZone };
    return ok(renderer.render(draft, { ...definitionOf(key).sample, ...centre, ...real, ...body.data }, locale, brandOf(company)));
  };
