import { createHash } from 'node:crypto';
import type { InternalClient } from '@riparo/shared/http/internal-client';

/** A mail about somebody's account; the notifications service delivers it. */
export interface Mail {
  /** Known by this: the same mail handed over twice is sent once. */
  readonly id: string;
  readonly to: string;
  readonly locale: string;
  readonly subject: string;
  /** Plain text. May hold a link that lets its reader in. */
  readonly body: string;
}

export interface Mailer {
  /** Resolves once it is safe with whoever delivers it. */
  send(mail: Mail): Promise<void>;
}

/**
 * Hands mails to the notifications service: `POST /internal/notifications` with `{ channel, recipients, subject, body,
 * locale, category, dedupeKey }`. Security mail cannot be switched off by its recipient.
 */
export const createInternalMailer = (notifications: InternalClient): Mailer => ({
  send: async ({ id, to, locale, subject, body }) => {
    const dedupeKey = `auth:${id}`;
    const message = { channel: 'EMAIL', recipients: [to], subject, body, locale, category: 'SECURITY', dedupeKey };
    // A mail that is handed over again may carry another link: another request, the same mail by its `dedupeKey`.
    const digest = createHash('sha256').update(body).digest('base64url');
    await notifications.post('/internal/notifications', message, `${dedupeKey}:${digest}`);
  },
});
