import { create, get, type Route } from '@riparo/shared/http/route';
import type { Dependencies } from './dependencies.js';
import { addNote, addNoteBody } from './note/add-note.js';
import { getNote } from './note/get-note.js';
import { NOTE_OPERATIONS } from './note/note.reference.js';

/** Every endpoint of this service. */
export const routes = (deps: Dependencies): readonly Route[] => [
  create('/__name__/notes', 'signed-in', 'Write a note', { body: addNoteBody }, addNote(deps), NOTE_OPERATIONS.add__Name__Note),
  get('/__name__/notes/:id', 'signed-in', 'Read a note', {}, getNote(deps), NOTE_OPERATIONS.get__Name__Note),
];
