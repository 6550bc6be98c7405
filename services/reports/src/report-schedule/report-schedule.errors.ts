import { invalidInput, notFound } from '@riparo/shared/errors/common-errors';
import type { DomainError } from '@riparo/shared/errors/domain-error';

/** Also of a schedule that is somebody else's. */
export const scheduleNotFound = (): DomainError => notFound('schedule');

/** It was swept, or never was. */
export const fileNotFound = (): DomainError => notFound('file');

/** 422, the same for a user of nobody's and for one who may not: nobody learns who there is. */
export const recipientsNotAllowed = (positions: readonly number[]): DomainError =>
  invalidInput(positions.map((position) => ({ path: `recipients.${position}`, message: 'must be a user who may read reports' })));
