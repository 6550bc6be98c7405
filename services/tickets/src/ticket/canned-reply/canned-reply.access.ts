import type { Caller } from '@riparo/shared/contracts/caller';
import { roleMay } from '@riparo/shared/contracts/permissions';
import { SHARED, type CannedReply } from './canned-reply.js';
import { cannedReplyNotFound, cannedReplyNotYours } from './canned-reply.errors.js';

/** The lists that the caller reads: the shared one and the caller's own. */
export const listsOf = ({ userId }: Caller): readonly string[] => [SHARED, userId];

/** The canned reply, if the caller may read it. Another person's own one is answered 404. */
export const readable = (caller: Caller, reply: CannedReply | undefined): CannedReply => {
  if (reply === undefined || !listsOf(caller).includes(reply.list)) throw cannedReplyNotFound();
  return reply;
};

export const checkSharing = ({ role }: Caller, isShared: boolean): void => {
  if (isShared && !roleMay(role, 'share:canned-replies')) throw cannedReplyNotYours();
};

/** The canned reply, if the caller may change it: the caller can read it, and may share when it is shared. */
export const writable = (caller: Caller, reply: CannedReply): CannedReply => {
  readable(caller, reply);
  checkSharing(caller, reply.isShared);
  return reply;
};
