import { noContent } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { writable } from './canned-reply.access.js';
import { cannedReplyNotFound } from './canned-reply.errors.js';
import { removed } from './canned-reply.js';
import type { CannedReplyDeps } from '../dependencies.js';

export const removeCannedReply =
  ({ cannedReplies }: Pick<CannedReplyDeps, 'cannedReplies'>) =>
  async ({ caller, params, now, ifMatch }: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const inTenant = cannedReplies.in(caller.tenantId);
    const after = await inTenant.update(params.id, (before) => removed(writable(caller, before), now), { ifMatch });
    if (after === undefined) throw cannedReplyNotFound();
    return noContent();
  };
