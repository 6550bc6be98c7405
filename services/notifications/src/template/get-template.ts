import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Dependencies } from '../dependencies.js';
import type { TemplateParams } from './template.params.js';
import { templateView } from './template.view.js';

export const getTemplate =
  ({ templates }: Pick<Dependencies, 'templates'>) =>
  async ({ caller, params: { key, locale } }: Call<unknown, unknown, TemplateParams>): Promise<Reply> =>
    ok(templateView(key, locale, await templates.in(caller.tenantId).findOne({ key, locale })));
