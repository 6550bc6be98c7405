import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { edit, publish, retire, withChanges, type CaseChanges, type CaseDecision, type PresentCase } from './knowledge-case.js';
import { knowledgeNotFound, knowledgePersonalData } from './knowledge.errors.js';
import type { KnowledgeCases } from './knowledge.repository.js';
import { viewCase } from './knowledge.view.js';
import { contextOf, personalOf, type PeopleDeps } from './personal-context.js';

export interface ChangeDeps extends PeopleDeps {
  readonly knowledgeCases: KnowledgeCases;
}
type Change<Body> = Call<Body, unknown, { id: string }>;

const found = <T>(it: T | undefined): T => {
  if (it === undefined) throw knowledgeNotFound();
  return it;
};

/** What the rules find in a case as it is to be; nobody keeps what they find. */
const checkFor = async (deps: ChangeDeps, tenantId: string, id: string) => {
  const context = await contextOf(deps, tenantId, found(await deps.knowledgeCases.in(tenantId).find(id)));
  return (texts: Parameters<typeof personalOf>[0], notPersonal: readonly string[]): void => {
    const personal = personalOf(texts, { ...context, accepted: notPersonal });
    if (personal.length > 0) throw knowledgePersonalData(personal);
  };
};

/** Edits a case; only what was sent is checked, so that a draft can be put right piece by piece. */
export const changeCase =
  (deps: ChangeDeps) =>
  async ({ caller, params, body, ifMatch }: Change<CaseChanges>): Promise<Reply> => {
    const check = await checkFor(deps, caller.tenantId, params.id);
    const decide = (before: PresentCase): CaseDecision => {
      const decision = edit(before, body, caller.userId);
      const { device, symptom, cause, solution, tags, parts, notPersonal } = withChanges(before, body);
      const sent = Object.fromEntries(
        Object.entries({ device, symptom, cause, solution, tags, parts }).filter(
          ([field]) => before.status === 'PUBLISHED' || field in body,
        ),
      );
      check(sent, notPersonal);
      return decision;
    };
    return ok(viewCase(caller, found(await deps.knowledgeCases.in(caller.tenantId).update(params.id, decide, { ifMatch }))));
  };

export interface PublishBody {
  readonly public?: boolean;
}

/** The rules go through the whole case once more: who is known has changed since it was proposed. */
export const publishCase =
  (deps: ChangeDeps) =>
  async ({ caller, params, body, now, ifMatch }: Change<PublishBody>): Promise<Reply> => {
    const check = await checkFor(deps, caller.tenantId, params.id);
    const decide = (before: PresentCase): CaseDecision => {
      const decision = publish(before, body.public, caller.userId, now);
      check(before, before.notPersonal);
      return decision;
    };
    return ok(viewCase(caller, found(await deps.knowledgeCases.in(caller.tenantId).update(params.id, decide, { ifMatch }))));
  };

export const retireCase =
  ({ knowledgeCases }: ChangeDeps) =>
  async ({ caller, params, ifMatch }: Change<unknown>): Promise<Reply> =>
    ok(
      viewCase(
        caller,
        found(await knowledgeCases.in(caller.tenantId).update(params.id, (before) => retire(before, caller.userId), { ifMatch })),
      ),
    );
