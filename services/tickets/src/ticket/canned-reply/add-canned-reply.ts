import { created } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { checkSharing } from './canned-reply.access.js';
import { type Wording, viewCannedReply, write } from './canned-reply.js';
import { refuseTaken } from './canned-reply.schema.js';
import type { CannedReplyDeps } from '../dependencies.js';

export const addCannedReply =
  ({ cannedReplies }: Pick<CannedReplyDeps, 'cannedReplies'>) =>
  async ({ caller, body, ids }: Call<Wording>): Promise<Reply> => {
    checkSharing(caller, body.isShared);
    const draft = write(ids.next(), caller.userId, body);
    const saved = await cannedReplies.in(caller.tenantId).insert(draft).catch(refuseTaken);
    return created(`/canned-replies/${saved.id}`, viewCannedReply(saved));
  };
