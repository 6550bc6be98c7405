import { create, get, type Route } from '@riparo/shared/http/route';
import type { Repository } from '@riparo/shared/persistence/repository';
import { addNote, addNoteBody } from './note/add-note.js';
import { getNote } from './note/get-note.js';
import type { Note } from './note/note.js';

interface Deps {
  readonly notes: Repository<Note>;
  readonly limit: number;
}

export const routes = (deps: Deps): readonly Route[] => [
  create('/__name__/notes', 'signed-in', 'Write a note', { body: addNoteBody }, addNote(deps)),
  get('/__name__/notes/:id', 'signed-in', 'Read a note', {}, getNote(deps)),
];
