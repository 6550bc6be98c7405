import { list, ok } from '@riparo/shared/http/reply';
import type { PageRequest } from '@riparo/shared/http/pagination';
import type { Call, Reply } from '@riparo/shared/http/route';
import { readable } from './knowledge.access.js';
import { knowledgeNotFound } from './knowledge.errors.js';
import { versionOf } from './knowledge-case.js';
import type { KnowledgeCases } from './knowledge.repository.js';
import { viewCase, viewVersion } from './knowledge.view.js';

interface Deps {
  readonly knowledgeCases: KnowledgeCases;
}
interface Params {
  readonly id: string;
}

export const getCase =
  ({ knowledgeCases }: Deps) =>
  async ({ caller, params }: Call<unknown, unknown, Params & Record<string, string>>): Promise<Reply> =>
    ok(viewCase(caller, readable(caller, await knowledgeCases.in(caller.tenantId).find(params.id))));

/** The present content first, then what was there before it. */
export const listCaseVersions =
  ({ knowledgeCases }: Deps) =>
  async ({ caller, params, query }: Call<unknown, PageRequest, Params & Record<string, string>>): Promise<Reply> => {
    const found = await knowledgeCases.in(caller.tenantId).findWhole(params.id);
    if (found === undefined) throw knowledgeNotFound();
    const { page, pageSize, sort } = query;
    const oldestFirst = [...found.earlier, versionOf(found)];
    const versions = sort.startsWith('-') ? oldestFirst.toReversed() : oldestFirst;
    const items = versions.slice((page - 1) * pageSize, page * pageSize).map(viewVersion);
    return list({ items, page, pageSize, totalCount: versions.length });
  };
