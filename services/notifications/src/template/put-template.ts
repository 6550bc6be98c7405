import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { line, paragraph } from '@riparo/shared/http/schemas';
import { DuplicateKeyError } from '@riparo/shared/errors/duplicate-key-error';
import { refuseStaleVersion } from '@riparo/shared/persistence/if-match';
import Joi from 'joi';
import type { Dependencies } from '../dependencies.js';
import { checkTemplate } from './check-template.js';
import type { TemplateText } from './template.js';
import type { TemplateParams } from './get-template.js';
import { templateView } from './template.view.js';

export const templateTextSchema = Joi.object<TemplateText>({
  subject: line(300).required(),
  body: paragraph(20_000).required(),
  action: line(100),
});

/** The tenant's own text instead of the one that ships. */
export const putTemplate =
  ({ templates, texts, renderer }: Pick<Dependencies, 'templates' | 'texts' | 'renderer'>) =>
  async ({ caller, params: { key, locale }, body, ids, ifMatch }: Call<TemplateText, unknown, TemplateParams>): Promise<Reply> => {
    checkTemplate(renderer, key, locale, body);
    const own = templates.in(caller.tenantId);
    const text = { subject: body.subject, body: body.body, action: body.action };
    const existing = await own.findOne({ key, locale });
    if (existing === undefined) refuseStaleVersion(ifMatch, 0);
    const change = (id: string) => own.update(id, (state) => ({ state: { ...state, ...text } }), { ifMatch });
    const makeOrChange = async () => {
      if (existing !== undefined) return change(existing.id);
      try {
        return await own.insert({ id: ids.next(), key, locale, ...text });
      } catch (error) {
        if (!(error instanceof DuplicateKeyError)) throw error;
        // Somebody else was the first in the same moment: this is a change of theirs.
        const other = await own.findOne({ key, locale });
        return other === undefined ? undefined : change(other.id);
      }
    };
    const saved = await makeOrChange();
    texts.forget(caller.tenantId, key, locale);
    return ok(templateView(key, locale, saved));
  };
