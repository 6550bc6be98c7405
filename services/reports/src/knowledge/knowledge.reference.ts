import { fields, all, listOf, one, pageOf } from '@riparo/shared/http/reference/answer';
import { id } from '@riparo/shared/http/reference/answer-fields';
import { joinProblems, STALE, type ProblemMembers, type Problems } from '@riparo/shared/http/reference/problems';
import { operations, type Tag } from '@riparo/shared/http/route';
import { caseAnswer, removedAnswer, suggestionAnswer, usefulAnswer, versionAnswer } from './knowledge.answer.js';

const KNOWLEDGE: Tag = {
  name: 'Knowledge',
  about: 'Problems that were solved, and how: learnt from finished work, edited by engineers, without anything personal.',
};

const PERSONAL: Problems = { 422: ['KNOWLEDGE_PERSONAL_DATA'] };
const RETIRED: Problems = { 409: ['KNOWLEDGE_RETIRED'] };
const MERGED: Problems = { 409: ['KNOWLEDGE_MERGED'] };
const NO_WORK: Problems = { 404: ['TICKET_NOT_FOUND', 'REPAIR_NOT_FOUND'] };

const MEMBERS: ProblemMembers = {
  KNOWLEDGE_PERSONAL_DATA: fields({ found: listOf(removedAnswer) }),
  KNOWLEDGE_RETIRED: fields({ mergedIntoId: id().optional().description('The case to use instead.') }),
  KNOWLEDGE_MERGED: fields({ mergedIntoId: id().description('The case to use instead.') }),
};

export const KNOWLEDGE_OPERATIONS = operations(
  KNOWLEDGE,
  {
    listKnowledge: { answer: pageOf(caseAnswer) },
    createKnowledge: { answer: one(caseAnswer), problems: PERSONAL },
    getKnowledge: { answer: one(caseAnswer) },
    listKnowledgeVersions: { answer: pageOf(versionAnswer) },
    updateKnowledge: { answer: one(caseAnswer), problems: joinProblems(PERSONAL, RETIRED) },
    publishKnowledge: { answer: one(caseAnswer), problems: joinProblems(PERSONAL, MERGED, STALE) },
    retireKnowledge: { answer: one(caseAnswer), problems: STALE },
    mergeKnowledge: { answer: one(caseAnswer), problems: joinProblems(RETIRED, MERGED, STALE, { 409: ['KNOWLEDGE_MERGED_WITH_ITSELF'] }) },
    markKnowledgeUseful: {
      answer: one(usefulAnswer),
      problems: joinProblems(RETIRED, { 404: ['TICKET_NOT_FOUND'], 409: ['KNOWLEDGE_NOT_PUBLISHED'] }),
    },
    suggestKnowledge: { answer: all(suggestionAnswer), problems: NO_WORK },
    askKnowledge: { answer: all(suggestionAnswer) },
  },
  MEMBERS,
);
