import type { PublicCall, Reply } from '@riparo/shared/http/route';
import Joi from 'joi';
import type { AttachmentDeps } from '../../conversation/attachment/dependencies.js';
import { uploadAttachment } from '../../conversation/attachment/upload-attachment.js';
import type { Replicas } from '../../replica/replicas.js';
import { callerOfSender, senderFields, type Sender } from './mail-sender.js';

export const mailFileInput = { query: Joi.object<Sender>(senderFields) };

/** `POST /internal/mail-attachments`: a file that came with a mail, checked and counted like one that its sender uploads. */
export const takeMailFile = (deps: AttachmentDeps & { readonly replicas: Pick<Replicas, 'users'> }) => {
  const upload = uploadAttachment(deps);
  return async (call: PublicCall<unknown, Sender>): Promise<Reply> =>
    upload({ ...call, caller: await callerOfSender(deps, call.query, 'write:attachments') });
};
