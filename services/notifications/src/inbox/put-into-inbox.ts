import type { Draft, Repository } from '@riparo/shared/persistence/repository';
import { seededIds } from '@riparo/shared/runtime/ids';
import type { Message } from '../channel/channel.js';
import type { InboxItem } from './inbox.js';

/** The item's id follows from notification and person: put in twice, it is there once. */
const toItem = (userId: string, { notificationId, subject, text, link, at }: Message): Draft<InboxItem> => ({
  id: seededIds(`${notificationId}:${userId}`, at).next(),
  userId,
  notificationId,
  subject,
  body: text,
  ...(link === undefined ? {} : { link }),
});

export const putIntoInbox = async (inbox: Repository<InboxItem>, userId: string, message: Message): Promise<void> => {
  await inbox.in(message.tenantId).insert(toItem(userId, message));
};
