import { refuseStaleVersion } from '@riparo/shared/persistence/if-match';
import { uuid } from '@riparo/shared/http/schemas';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import Joi from 'joi';
import { knowledgeMergedWithItself, knowledgeNotFound, knowledgeRetired } from '../knowledge.errors.js';
import type { PresentCase } from '../knowledge-case.js';
import type { KnowledgeCases } from '../knowledge.repository.js';
import { viewCase } from '../knowledge.view.js';
import type { Uses } from '../useful/uses.js';
import { mergeAway, takeIn, undoMerge } from './merge.js';

interface Deps {
  readonly knowledgeCases: KnowledgeCases;
  readonly uses: Uses;
}

/** Either where this case goes, or which others come into it. */
export interface MergeBody {
  readonly intoId?: string;
  readonly ids?: readonly string[];
}
const MOST_MERGED = 50;
export const mergeBody = Joi.object<MergeBody>({ intoId: uuid(), ids: Joi.array().items(uuid()).min(1).max(MOST_MERGED).unique() }).xor(
  'intoId',
  'ids',
);

const found = <T>(it: T | undefined): T => {
  if (it === undefined) throw knowledgeNotFound();
  return it;
};

/** Cases of one kind become one. Two merges in opposite directions at once: one of them, or both, are refused, and no case is lost. */
export const mergeCases =
  ({ knowledgeCases, uses }: Deps) =>
  async ({ caller, params, body, ifMatch }: Call<MergeBody, unknown, { id: string }>): Promise<Reply> => {
    const [intoId, ids] = body.intoId === undefined ? [params.id, body.ids ?? []] : [body.intoId, [params.id]];
    const cases = knowledgeCases.in(caller.tenantId);
    const all = await Promise.all([...new Set([params.id, intoId, ...ids])].map(async (id) => found(await cases.find(id))));
    refuseStaleVersion(ifMatch, found(all.find(({ id }) => id === params.id)).version);
    if (ids.includes(intoId)) throw knowledgeMergedWithItself();
    const target = found(all.find(({ id }) => id === intoId));
    if (target.status === 'RETIRED') throw knowledgeRetired(target);
    const others = all.filter(({ id }) => id !== intoId);
    for (const other of others) mergeAway(other, intoId, caller.userId);
    const gone: PresentCase[] = [];
    const ifMatchOf = (id: string) => (id === params.id ? { ifMatch } : {});
    try {
      for (const { id } of others)
        gone.push(found(await cases.update(id, (before) => mergeAway(before, intoId, caller.userId), ifMatchOf(id))));
      const after = found(await cases.update(intoId, (before) => takeIn(before, gone, caller.userId), ifMatchOf(intoId)));
      await uses.recount(caller.tenantId, after);
      return ok(viewCase(caller, (await cases.find(intoId)) ?? after));
    } catch (error) {
      for (const { id, status } of others.filter(({ mergedIntoId }) => mergedIntoId === undefined))
        await cases.update(id, (before) => undoMerge(before, intoId, status));
      throw error;
    }
  };
