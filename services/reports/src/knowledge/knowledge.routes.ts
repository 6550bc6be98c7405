import { action, create, get, patch, type Route } from '@riparo/shared/http/route';
import { pageQuery } from '@riparo/shared/http/pagination';
import Joi from 'joi';
import type { Dependencies } from '../dependencies.js';
import { addCase } from './add-case.js';
import { changeCase, publishCase, retireCase, type PublishBody } from './change-case.js';
import { getCase, listCaseVersions } from './get-case.js';
import { KNOWLEDGE_OPERATIONS } from './knowledge.reference.js';
import { changesBody, newCaseBody } from './knowledge.schema.js';
import { listCases, listCasesQuery } from './list-cases.js';
import { mergeBody, mergeCases } from './merge/merge-cases.js';
import { questionBody, suggestForText, suggestForWork, suggestionsQuery } from './suggestion/suggest-cases.js';
import { markUseful, usefulBody } from './useful/mark-useful.js';

const versionsQuery = pageQuery(['version']);
const publishBody = Joi.object<PublishBody>({ public: Joi.boolean().description('Whether customers may read it; missing: as it is.') });

export const knowledgeRoutes = (deps: Dependencies): readonly Route[] => [
  get(
    '/knowledge',
    'read:knowledge',
    'Lists and searches knowledge cases; customers see what is published for them.',
    { query: listCasesQuery },
    listCases(deps),
    KNOWLEDGE_OPERATIONS.listKnowledge,
  ),
  create(
    '/knowledge',
    'write:knowledge',
    'Writes a knowledge case by hand; it begins as a draft.',
    { body: newCaseBody },
    addCase(deps),
    KNOWLEDGE_OPERATIONS.createKnowledge,
  ),
  get(
    '/knowledge/suggestions',
    'read:knowledge',
    'Suggests published knowledge cases for a ticket or a repair, the best first, with why.',
    { query: suggestionsQuery },
    suggestForWork(deps),
    KNOWLEDGE_OPERATIONS.suggestKnowledge,
  ),
  action(
    '/knowledge/suggestions',
    'read:knowledge',
    'Suggests published knowledge cases for a problem in words, before there is a ticket.',
    { body: questionBody },
    suggestForText(deps),
    KNOWLEDGE_OPERATIONS.askKnowledge,
  ),
  get('/knowledge/:id', 'read:knowledge', 'Returns a knowledge case.', {}, getCase(deps), KNOWLEDGE_OPERATIONS.getKnowledge),
  patch(
    '/knowledge/:id',
    'write:knowledge',
    'Edits a knowledge case; what it said before is kept.',
    { body: changesBody },
    changeCase(deps),
    KNOWLEDGE_OPERATIONS.updateKnowledge,
  ),
  get(
    '/knowledge/:id/versions',
    'write:knowledge',
    'Lists what a knowledge case said at which time.',
    { query: versionsQuery },
    listCaseVersions(deps),
    KNOWLEDGE_OPERATIONS.listKnowledgeVersions,
  ),
  action(
    '/knowledge/:id/publish',
    'write:knowledge',
    'Publishes a knowledge case, unless something personal is found in it.',
    { body: publishBody },
    publishCase(deps),
    KNOWLEDGE_OPERATIONS.publishKnowledge,
  ),
  action(
    '/knowledge/:id/retire',
    'write:knowledge',
    'Retires a knowledge case: nobody is offered it any more.',
    {},
    retireCase(deps),
    KNOWLEDGE_OPERATIONS.retireKnowledge,
  ),
  action(
    '/knowledge/:id/merge',
    'write:knowledge',
    'Makes several knowledge cases of one kind one: into another one, or others into this one.',
    { body: mergeBody },
    mergeCases(deps),
    KNOWLEDGE_OPERATIONS.mergeKnowledge,
  ),
  action(
    '/knowledge/:id/useful',
    'read:knowledge',
    'Says that a knowledge case helped; once for each person and ticket.',
    { body: usefulBody },
    markUseful(deps),
    KNOWLEDGE_OPERATIONS.markKnowledgeUseful,
  ),
];
