import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Platform } from '@riparo/shared/composition/platform';
import type { Note } from './note.js';

export const createNoteRepository = ({ connection, clock, relay }: Platform): Repository<Note> =>
  createMongoRepository<Note>({ connection, service: '__name__', collection: 'notes', clock, relay, indexes: [{ fields: { id: 1 } }] });
