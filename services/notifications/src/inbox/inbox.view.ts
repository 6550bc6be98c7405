import type { InboxItem } from './inbox.js';

export const inboxView = ({ id, version, subject, body, link, readAt, createdAt }: InboxItem) => ({
  id,
  version,
  subject,
  body,
  link,
  read: readAt !== undefined,
  readAt,
  createdAt,
});
