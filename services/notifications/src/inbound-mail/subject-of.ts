import type { Notification } from '../notification/notification.js';
import type { MailSubject } from './inbound-mail.js';

const PATH = /^\/(tickets|repairs)\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:[/?#]|$)/;

/** The ticket or repair that a notification leads to; `undefined` when it is about something else. */
export const subjectOf = ({ content, category, cause }: Notification): (MailSubject & { readonly id: string }) | undefined => {
  // What somebody raises by hand may lead anywhere.
  if (content.kind !== 'template' || category === 'SECURITY' || cause === undefined) return undefined;
  const [, noun, id] = PATH.exec(typeof content.data.path === 'string' ? content.data.path : '') ?? [];
  return id === undefined ? undefined : { kind: noun === 'tickets' ? 'TICKET' : 'REPAIR', id };
};
