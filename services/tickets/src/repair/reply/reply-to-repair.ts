import type { Reply } from '@riparo/shared/http/route';
import { paragraph } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { attachmentIds } from '../../conversation/attachment/attach-files.js';
import type { RepairCall } from '../change-repair.js';
import { reply } from './decide-reply.js';
import type { RepairDeps } from '../dependencies.js';
import { writeComment, type Comment } from './write-comment.js';

export const repairReplyBody = Joi.object<Comment>({ body: paragraph().required(), attachmentIds: attachmentIds() });

/** `POST /repairs/:id/reply`: adds a public reply and answers its entry. */
export const replyToRepair =
  (deps: Pick<RepairDeps, 'repairs' | 'replicas' | 'attachFiles'>) =>
  (call: RepairCall<Comment>): Promise<Reply> =>
    writeComment(deps, call, false, reply);
