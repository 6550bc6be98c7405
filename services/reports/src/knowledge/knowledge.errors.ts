import { DomainError } from '@riparo/shared/errors/domain-error';
import type { RemovedText } from './knowledge-case.js';

export const knowledgeNotFound = (): DomainError =>
  new DomainError('not-found', 'KNOWLEDGE_NOT_FOUND', 'There is no such knowledge case, or it is not yours to see.');

export const knowledgeRetired = ({ mergedIntoId }: { readonly mergedIntoId?: string }): DomainError =>
  new DomainError('conflict', 'KNOWLEDGE_RETIRED', 'This knowledge case is retired. Publish it again before you use or change it.', {
    extra: mergedIntoId === undefined ? {} : { mergedIntoId },
  });

export const knowledgeMerged = (mergedIntoId: string): DomainError =>
  new DomainError('conflict', 'KNOWLEDGE_MERGED', 'This knowledge case was merged into another one. Use that one.', {
    extra: { mergedIntoId },
  });

export const knowledgeNotPublished = (): DomainError =>
  new DomainError('conflict', 'KNOWLEDGE_NOT_PUBLISHED', 'Only published knowledge cases can be marked as useful.');

export const knowledgeMergedWithItself = (): DomainError =>
  new DomainError('conflict', 'KNOWLEDGE_MERGED_WITH_ITSELF', 'A knowledge case cannot be merged with itself.');

/** 422, with everything that was found: nothing personal is published. */
export const knowledgePersonalData = (found: readonly RemovedText[]): DomainError =>
  new DomainError('invalid', 'KNOWLEDGE_PERSONAL_DATA', 'The text names a person or something of theirs. Take it out, then try again.', {
    errors: found.map(({ field, kind, text }) => ({ path: field, message: `must not hold "${text}" (${kind})` })),
    extra: { found },
  });
