import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { readable } from './canned-reply.access.js';
import type { CannedReplyDeps } from '../dependencies.js';
import { viewCannedReply } from './canned-reply.js';

export const getCannedReply =
  ({ cannedReplies }: Pick<CannedReplyDeps, 'cannedReplies'>) =>
  async ({ caller, params }: Call<unknown, unknown, { id: string }>): Promise<Reply> =>
    ok(viewCannedReply(readable(caller, await cannedReplies.in(caller.tenantId).find(params.id))));
