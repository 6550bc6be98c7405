import { accepted } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { instant, line, oneOf, paragraph } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import type { Dependencies } from '../dependencies.js';
import { TEMPLATE_KEYS, type TemplateKey } from '../template/template.js';
import { CHANNELS, raise, type Channel, type Content } from './notification.js';
import { insertOnce } from './notification.repository.js';
import { recipients, toTarget } from './recipients.js';

export interface RaiseNotification {
  readonly channel: Channel;
  readonly recipients: readonly string[];
  readonly subject?: string;
  readonly body?: string;
  readonly template?: TemplateKey;
  readonly data?: Readonly<Record<string, string | number | boolean>>;
  readonly locale?: string;
  readonly sendAt?: Date;
  readonly dedupeKey?: string;
}

/** Flat and short: what a text can be filled with, and nothing that a query or a template could stumble over. */
const data = Joi.object()
  .pattern(
    /^[A-Za-z][A-Za-z0-9]{0,39}$/,
    Joi.alternatives(Joi.string().allow('').max(2_000), Joi.number(), Joi.boolean()).messages({
      'alternatives.types': 'must be text, a number or a boolean',
    }),
  )
  .max(30);

export const raiseNotificationSchema = Joi.object<RaiseNotification>({
  channel: oneOf(CHANNELS).required(),
  recipients: recipients.required(),
  subject: line(200).when('channel', { is: 'EMAIL', then: Joi.when('template', { is: Joi.exist(), otherwise: Joi.required() }) }),
  body: paragraph(20_000),
  template: oneOf(TEMPLATE_KEYS),
  data,
  locale: oneOf(['en', 'it']),
  sendAt: instant(),
  dedupeKey: line(200),
})
  .xor('body', 'template')
  .without('template', ['subject', 'body'])
  .with('data', 'template');

const contentOf = ({ template, data: values = {}, subject, body = '' }: RaiseNotification): Content =>
  template === undefined
    ? { kind: 'plain', ...(subject === undefined ? {} : { subject }), body }
    : { kind: 'template', key: template, data: values };

export const raiseNotification =
  ({ notifications, mailPermits, wake }: Pick<Dependencies, 'notifications' | 'mailPermits' | 'wake'>) =>
  async ({ caller, body, ids, now }: Call<RaiseNotification>): Promise<Reply> => {
    const { channel, locale, sendAt, dedupeKey } = body;
    if (channel !== 'IN_APP') mailPermits.ask({ tenantId: caller.tenantId, senderId: caller.userId, to: body.recipients });
    const draft = raise({
      id: ids.next(),
      channel,
      category: 'MESSAGES',
      content: contentOf(body),
      targets: body.recipients.map((recipient) => toTarget(recipient)),
      at: now,
      locale,
      sendAt,
      // Keys belong to whoever uses them: nobody can find out, or block, another one's.
      dedupeKey: dedupeKey === undefined ? undefined : `user:${caller.userId}:${dedupeKey}`,
      raisedByUserId: caller.userId,
    });
    const { id, status } = await insertOnce(notifications, caller.tenantId, draft);
    wake(channel);
    return accepted({ id, status });
  };
