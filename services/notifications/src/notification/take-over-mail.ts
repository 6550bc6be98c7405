import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import { accepted } from '@riparo/shared/http/reply';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import { email, line, oneOf, paragraph } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import type { Dependencies } from '../dependencies.js';
import { CATEGORIES, type Category } from '../preference/preference.js';
import { raise } from './notification.js';
import { insertOnce } from './notification.repository.js';

/** A mail that another service has written itself, because only it may know what is in it. */
export interface TakeOverMail {
  readonly tenantId: string;
  readonly channel: 'EMAIL';
  readonly recipients: readonly string[];
  readonly subject: string;
  readonly body: string;
  readonly locale?: string;
  readonly category: Category;
  readonly dedupeKey: string;
}

export const takeOverMailSchema = Joi.object<TakeOverMail>({
  tenantId: line(64).default(DEFAULT_TENANT),
  channel: Joi.valid('EMAIL').required(),
  recipients: Joi.array().items(email()).min(1).max(100).required(),
  subject: line(200).required(),
  body: paragraph(20_000).required(),
  locale: line(35),
  category: oneOf(CATEGORIES).default('SECURITY'),
  dedupeKey: line(200).required(),
});

export const takeOverMail =
  ({ notifications, wake }: Pick<Dependencies, 'notifications' | 'wake'>) =>
  async ({ body, ids, now }: PublicCall<TakeOverMail>): Promise<Reply> => {
    const { tenantId, channel, recipients, subject, body: text, locale, category, dedupeKey } = body;
    const draft = raise({
      id: ids.next(),
      channel,
      category,
      content: { kind: 'plain', subject, body: text },
      targets: recipients.map((address) => ({ kind: 'email', email: address })),
      at: now,
      locale,
      dedupeKey: `service:${dedupeKey}`,
    });
    const { id, status } = await insertOnce(notifications, tenantId, draft);
    wake(channel);
    return accepted({ id, status });
  };
