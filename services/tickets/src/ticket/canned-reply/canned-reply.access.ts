import type { Caller } from '@riparo/shared/contracts/caller';
import { roleMay } from '@riparo/shared/contracts/permissions';
import { SHARED, type CannedReply } from './canned-reply.js';
import { cannedReplyNotFound, cannedReplyNotYours } from './canned-reply.errors.js';

/** The lists somebody reads: the shared one and their own. */
export const listsOf = ({ userId }: Caller): readonly string[] => [SHARED, userId];

/** Somebody else's own do not exist. */
export const readable = (caller: Caller, reply: CannedReply | undefined): CannedReply => {
  if (reply === undefined || !listsOf(caller).includes(reply.list)) throw cannedReplyNotFound();
  return reply;
};

export const checkSharing = ({ role }: Caller, isShared: boolean): void => {
  if (isShared && !roleMay(role, 'share:canned-replies')) throw cannedReplyNotYours();
};

/** Whoever may read it and, where it is shared, may share. */
export const writable = (caller: Caller, reply: CannedReply): CannedReply => {
  readable(caller, reply);
  checkSharing(caller, reply.isShared);
  return reply;
};
