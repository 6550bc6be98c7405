import Joi from 'joi';
import { defineEvent } from './event.js';
import { id, instant } from './fragments.js';

/** SENT: at least one of the customer's people has the mail. FAILED: nobody has, and nobody tries any more. */
export const MAIL_RESULTS = ['SENT', 'FAILED'] as const;

export interface PickupNoticeSettledV1 {
  readonly repairId: string;
  /** From 1, as in `riparo.tickets.repair-pickup-notice-due.v1`. */
  readonly notice: number;
  readonly result: (typeof MAIL_RESULTS)[number];
  /** ISO 8601 UTC. */
  readonly at: string;
}
export const PickupNoticeSettled = defineEvent<PickupNoticeSettledV1>(
  'riparo.notifications.pickup-notice-settled.v1',
  'The mail about a device that nobody collects was sent, or could not be; told again when it is tried anew.',
  Joi.object<PickupNoticeSettledV1>({
    repairId: id.required(),
    notice: Joi.number().integer().required(),
    result: Joi.valid(...MAIL_RESULTS).required(),
    at: instant.required(),
  }),
);
