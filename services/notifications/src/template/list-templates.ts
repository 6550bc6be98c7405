import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Dependencies } from '../dependencies.js';
import { LOCALES, TEMPLATE_KEYS } from './template.js';
import { templateView } from './template.view.js';

/** A fixed, small set, so it is not paged. */
export const listTemplates =
  ({ templates }: Pick<Dependencies, 'templates'>) =>
  async ({ caller }: Call): Promise<Reply> => {
    const changed = await templates.in(caller.tenantId).list({}, { limit: TEMPLATE_KEYS.length * LOCALES.length });
    const find = (key: string, locale: string) => changed.find((text) => text.key === key && text.locale === locale);
    return ok(TEMPLATE_KEYS.flatMap((key) => LOCALES.map((locale) => templateView(key, locale, find(key, locale)))));
  };
