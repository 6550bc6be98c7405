import type { Draft, Entity } from '@riparo/shared/persistence/repository';
import { noteLimitReached } from './note.errors.js';

export interface Note extends Entity {
  readonly authorUserId: string;
  readonly text: string;
}

/** A decision: pure, so that it can be made again when another write came first. */
export const write = (note: Draft<Note>, kept: number, limit: number): Draft<Note> => {
  if (kept >= limit) throw noteLimitReached(limit);
  return note;
};
