import type { Reply } from '@riparo/shared/http/route';
import { paragraph } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { attachmentIds } from '../../conversation/attachment/attach-files.js';
import type { RepairCall } from '../change-repair.js';
import { addInternalNote, reply } from './decide-reply.js';
import type { RepairDeps } from '../dependencies.js';
import { writeComment, type Comment } from './write-comment.js';

interface Body extends Comment {
  readonly isInternal: boolean;
}

/** Default: internal, because a note that a customer reads by mistake does more harm than one that stays internal. */
export const repairNoteBody = Joi.object<Body>({
  body: paragraph().required(),
  isInternal: Joi.boolean().default(true),
  attachmentIds: attachmentIds(),
});

/** `POST /repairs/:id/notes`: a note of staff, internal or, like a reply, for the customer. */
export const addRepairNote =
  (deps: Pick<RepairDeps, 'repairs' | 'replicas' | 'attachFiles'>) =>
  (call: RepairCall<Body>): Promise<Reply> =>
    writeComment(deps, call, call.body.isInternal, call.body.isInternal ? addInternalNote : reply);
