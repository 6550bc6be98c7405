import { create, get, type Route } from '@riparo/shared/http/route';
import type { Dependencies } from './dependencies.js';
import { addNote, addNoteBody } from './note/add-note.js';
import { getNote } from './note/get-note.js';

/** Every endpoint of this service. */
export const routes = (deps: Dependencies): readonly Route[] => [
  create('/__name__/notes', 'signed-in', 'Write a note', { body: addNoteBody }, addNote(deps)),
  get('/__name__/notes/:id', 'signed-in', 'Read a note', {}, getNote(deps)),
];
