import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Repository } from '@riparo/shared/persistence/repository';
import { partNotFound } from './part.errors.js';
import type { Part } from './part.js';
import { viewPart } from './part.view.js';

export const getPart =
  ({ parts }: { readonly parts: Repository<Part> }) =>
  async ({ caller, params: { id } }: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const part = await parts.in(caller.tenantId).find(id);
    if (part === undefined) throw partNotFound();
    return ok(viewPart(part, caller));
  };
