import { ASSET_CATEGORIES } from '@riparo/shared/contracts/enums';
import type { Caller } from '@riparo/shared/contracts/caller';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { line, oneOf, paragraph, uuid } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import type { Replicas } from '../../replica/replicas.js';
import { mayRead, visibleRepair, visibleTicket } from '../knowledge.access.js';
import type { KnowledgeCases } from '../knowledge.repository.js';
import { viewCase } from '../knowledge.view.js';
import { inOrder } from '../list-cases.js';
import type { IndexedCase } from '../search/case-index.js';
import type { CaseIndexes } from '../search/case-indexes.js';
import { likenessTo, weightBy, whyOf, type AskedDevice, type Question } from './rank.js';

interface Deps extends Pick<Replicas, 'tickets' | 'repairs' | 'assets'> {
  readonly knowledgeCases: KnowledgeCases;
  readonly caseIndexes: CaseIndexes;
}

const MOST = 20;
const DEFAULT = 5;
const limit = Joi.number().integer().min(1).max(MOST).default(DEFAULT);

interface WorkQuery {
  readonly ticketId?: string;
  readonly repairId?: string;
  readonly limit: number;
}
export const suggestionsQuery = Joi.object<WorkQuery>({ ticketId: uuid(), repairId: uuid(), limit }).xor('ticketId', 'repairId');

export interface QuestionBody extends Question {
  readonly limit: number;
}
export const questionBody = Joi.object<QuestionBody>({
  device: Joi.object<AskedDevice>({ brand: line(), model: line(), category: oneOf(ASSET_CATEGORIES) }),
  text: paragraph().required(),
  limit,
});

/** Published cases that are like the question, the best first; customers see what is public. */
const suggest = async ({ knowledgeCases, caseIndexes }: Deps, caller: Caller, { text, device = {} }: Question, most: number) => {
  const likeness = likenessTo(device);
  const index = await caseIndexes.of(caller.tenantId);
  const isWanted = (it: IndexedCase): boolean => it.status === 'PUBLISHED' && mayRead(caller, it);
  const hits = index.similar(text, isWanted, weightBy(likeness), most).best;
  const byId = new Map(hits.map((hit) => [hit.found.id, hit]));
  const found = await inOrder(knowledgeCases, caller, [...byId.keys()]);
  return found.flatMap((it) => {
    const hit = byId.get(it.id);
    return hit === undefined || it.status !== 'PUBLISHED' ? [] : [{ ...viewCase(caller, it), why: whyOf(hit, likeness) }];
  });
};

/** What a ticket or a repair asks about. Whoever may not see it is told that it is not there. */
const questionOf = async (
  { tickets, repairs, assets }: Deps,
  caller: Caller,
  { ticketId, repairId = '' }: WorkQuery,
): Promise<Question> => {
  if (ticketId === undefined) {
    const { brand, model, problem } = visibleRepair(caller, await repairs.in(caller.tenantId).find(repairId));
    return { device: { brand, model }, text: problem };
  }
  const { title, assetId } = visibleTicket(caller, await tickets.in(caller.tenantId).find(ticketId));
  const device = assetId === undefined ? undefined : await assets.in(caller.tenantId).find(assetId);
  return { ...(device === undefined ? {} : { device }), text: title };
};

export const suggestForWork =
  (deps: Deps) =>
  async ({ caller, query }: Call<unknown, WorkQuery>): Promise<Reply> =>
    ok(await suggest(deps, caller, await questionOf(deps, caller, query), query.limit));

export const suggestForText =
  (deps: Deps) =>
  async ({ caller, body }: Call<QuestionBody>): Promise<Reply> =>
    ok(await suggest(deps, caller, body, body.limit));
