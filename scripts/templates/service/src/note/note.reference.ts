import { fields, one, view } from '@riparo/shared/http/reference/answer';
import { count, id, moment, text, version } from '@riparo/shared/http/reference/answer-fields';
import type { ProblemMembers } from '@riparo/shared/http/reference/problems';
import { operations, type Tag } from '@riparo/shared/http/route';

const NOTES: Tag = { name: '__Name__', about: '__description__' };

const noteAnswer = view('__Name__Note', 'A note.', {
  id: id(),
  authorUserId: id(),
  text: text(),
  createdAt: moment(),
  updatedAt: moment(),
  version: version(),
});

/** What refusals say besides. */
const MEMBERS: ProblemMembers = { NOTE_LIMIT_REACHED: fields({ limit: count() }) };

export const NOTE_OPERATIONS = operations(
  NOTES,
  {
    add__Name__Note: { answer: one(noteAnswer), problems: { 409: ['NOTE_LIMIT_REACHED'] } },
    get__Name__Note: { answer: one(noteAnswer) },
  },
  MEMBERS,
);
