import { noContent } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Repository } from '@riparo/shared/persistence/repository';
import { editRevision } from './catalogue.js';
import { partNotFound } from './part.errors.js';
import type { Part } from './part.js';

/** DELETE retires: the part is no longer offered; its pieces, reservations and ledger stay. `PUT { active: true }` brings it back. */
export const retirePart =
  ({ parts }: { readonly parts: Repository<Part> }) =>
  async ({ caller, params: { id }, ifMatch, now }: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const by = { at: now, userId: caller.userId };
    const part = await parts.in(caller.tenantId).update(id, editRevision({ active: false }, ifMatch, by));
    if (part === undefined) throw partNotFound();
    return noContent();
  };
