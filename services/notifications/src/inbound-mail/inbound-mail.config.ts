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
};
