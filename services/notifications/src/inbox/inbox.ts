import type { Entity } from '@riparo/shared/persistence/repository';

/** One message in a person's inbox inside the application. */
export interface InboxItem extends Entity {
  readonly userId: string;
  readonly notificationId: string;
  readonly subject: string;
  readonly body: string;
  readonly link?: string;
  readonly readAt?: Date;
}

export const markRead = (item: InboxItem, read: boolean, now: Date): InboxItem => {
  if (read === (item.readAt !== undefined)) return item;
  return { ...item, readAt: read ? now : undefined };
};
