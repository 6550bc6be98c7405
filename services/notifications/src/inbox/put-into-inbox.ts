import type { Draft, Repository } from '@riparo/shared/persistence/repository';
import { seededIds } from '@riparo/shared/runtime/ids';
import type { InboxItem } from './inbox.js';

/** What the inbox keeps of a message. */
interface Delivered {
  readonly tenantId: string;
  readonly notificationId: string;
  readonly subject: string;
  readonly text: string;
  readonly link?: string | undefined;
  /** When the notification was raised; the same on every try. */
  readonly at: Date;
}

/** The item's id follows from notification and person: put in twice, it is there once. */
const toItem = (userId: string, { notificationId, subject, text, link, at }: Delivered): Draft<InboxItem> => ({
  id: seededIds(`${notificationId}:${userId}`, at).next(),
  userId,
  notificationId,
  subject,
  body: text,
  ...(link === undefined ? {} : { link }),
});

export const putIntoInbox = async (inbox: Repository<InboxItem>, userId: string, message: Delivered): Promise<void> => {
  await inbox.in(message.tenantId).insert(toItem(userId, message));
};
