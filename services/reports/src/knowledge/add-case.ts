import { created } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { newCase } from './knowledge-case.js';
import { knowledgePersonalData } from './knowledge.errors.js';
import type { KnowledgeCases } from './knowledge.repository.js';
import type { NewCaseBody } from './knowledge.schema.js';
import { viewCase } from './knowledge.view.js';
import { contextOf, personalOf, type PeopleDeps } from './personal-context.js';

interface Deps extends PeopleDeps {
  readonly knowledgeCases: KnowledgeCases;
}

/** A draft that is written by hand. */
export const addCase =
  (deps: Deps) =>
  async ({ caller, body, ids }: Call<NewCaseBody>): Promise<Reply> => {
    const { notPersonal, ...content } = body;
    const context = await contextOf(deps, caller.tenantId, { sources: [], device: content.device });
    const found = personalOf(content, { ...context, accepted: notPersonal });
    if (found.length > 0) throw knowledgePersonalData(found);
    const draft = newCase(ids.next(), content, { notPersonal, edited: true, changedByUserId: caller.userId });
    const saved = await deps.knowledgeCases.in(caller.tenantId).insert(draft);
    return created(`/knowledge/${saved.id}`, viewCase(caller, saved));
  };
