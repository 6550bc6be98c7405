import { email, phone, uuid } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import type { Target } from './notification.js';

/** More than this is a campaign, which is not what notifications are for. */
const MAX_RECIPIENTS = 100;

const either = (address: Joi.StringSchema, message: string): Joi.AlternativesSchema =>
  Joi.alternatives(uuid(), address).messages({ 'alternatives.match': message, 'alternatives.types': message });

/** Which kinds of recipient a channel can reach. */
export const recipients = Joi.array()
  .items(
    Joi.when('...channel', {
      switch: [
        { is: 'EMAIL', then: either(email(), 'must be an e-mail address or the id of a user') },
        { is: 'SMS', then: either(phone(), 'must be a phone number or the id of a user') },
        { is: 'IN_APP', then: uuid().messages({ 'string.guid': 'must be the id of a user' }) },
      ],
      otherwise: Joi.string(),
    }),
  )
  .min(1)
  .max(MAX_RECIPIENTS);

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const toTarget = (recipient: string): Target => {
  if (recipient.includes('@')) return { kind: 'email', email: recipient };
  return UUID.test(recipient) ? { kind: 'user', userId: recipient } : { kind: 'phone', phone: recipient };
};
