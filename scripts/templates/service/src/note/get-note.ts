import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Note } from './note.js';
import { noteNotFound } from './note.errors.js';

interface Deps {
  readonly notes: Repository<Note>;
}

export const getNote =
  ({ notes }: Deps) =>
  async ({ caller, params: { id } }: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const note = await notes.in(caller.tenantId).find(id);
    if (note === undefined) throw noteNotFound();
    return ok(note);
  };
