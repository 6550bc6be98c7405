import { key, secretKey } from '@riparo/shared/config/load-config';
import Joi from 'joi';

/** Keys for mail that comes in. */
export const inboundMailKeys = {
  INBOUND_MAIL_TOKEN: secretKey<string | undefined>(
    Joi.string().trim().min(16),
    'Bearer token with which a mail server posts messages to /api/v1/inbound-mail; when unset there is no such door',
  ),
  INBOUND_MAIL_ADDRESS: key<string | undefined>(
    Joi.string()
      .trim()
      .lowercase()
      .pattern(/^[a-z0-9._-]{1,19}@[a-z0-9.-]+$/),
    'Mailbox whose mail is read, such as support@example.com, with plus-addresses; mails about tickets and repairs ask for replies there',
  ),
  IMAP_HOST: key<string | undefined>(Joi.string().hostname(), 'Mail server whose mailbox is read; when unset none is'),
  IMAP_PORT: key<number>(Joi.number().port().default(993), 'TCP port of IMAP'),
  IMAP_TLS: key<boolean>(
    Joi.boolean().default(true),
    'Whether IMAP speaks TLS from the first byte; with false it does so as soon as the server offers it',
  ),
  IMAP_USER: key<string>(Joi.string().default(''), 'User name for the mailbox'),
  IMAP_PASSWORD: secretKey<string | undefined>(Joi.string(), 'Password for the mailbox'),
  IMAP_MAILBOX: key<string>(Joi.string().default('INBOX'), 'Folder that is read; what was read is marked as seen'),
  IMAP_POLL_SECONDS: key<number>(
    Joi.number().integer().min(5).max(1_500).default(120),
    'Seconds after which the mailbox is looked into even if the server has announced nothing',
  ),
};
