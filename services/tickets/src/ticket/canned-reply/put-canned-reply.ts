import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { checkSharing, writable } from './canned-reply.access.js';
import { cannedReplyNotFound } from './canned-reply.errors.js';
import { type Wording, rewrite, viewCannedReply } from './canned-reply.js';
import { refuseTaken } from './canned-reply.schema.js';
import type { CannedReplyDeps } from '../dependencies.js';

/** Replaces the whole reply. This also makes an own reply a shared one, and a shared one its owner's own again. */
export const putCannedReply =
  ({ cannedReplies }: Pick<CannedReplyDeps, 'cannedReplies'>) =>
  async ({ caller, params, body, ifMatch }: Call<Wording, unknown, { id: string }>): Promise<Reply> => {
    const decide = (before: Parameters<typeof rewrite>[0]) => {
      writable(caller, before);
      checkSharing(caller, body.isShared);
      return rewrite(before, body);
    };
    const after = await cannedReplies.in(caller.tenantId).update(params.id, decide, { ifMatch }).catch(refuseTaken);
    if (after === undefined) throw cannedReplyNotFound();
    return ok(viewCannedReply(after));
  };
