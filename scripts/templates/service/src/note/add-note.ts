import Joi from 'joi';
import { created } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { paragraph } from '@riparo/shared/http/schemas';
import type { Repository } from '@riparo/shared/persistence/repository';
import { write, type Note } from './note.js';

export interface NewNote {
  readonly text: string;
}
export const addNoteBody = Joi.object<NewNote>({ text: paragraph(2_000).required() });

interface Deps {
  readonly notes: Repository<Note>;
  readonly limit: number;
}

export const addNote =
  ({ notes, limit }: Deps) =>
  async ({ caller, body, ids }: Call<NewNote>): Promise<Reply> => {
    const ours = notes.in(caller.tenantId);
    const draft = write({ id: ids.next(), authorUserId: caller.userId, text: body.text }, await ours.count({}), limit);
    const note = await ours.insert(draft);
    return created(`/__name__/notes/${note.id}`, note);
  };
