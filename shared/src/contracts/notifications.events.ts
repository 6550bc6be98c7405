import Joi from 'joi';
import { defineEvent } from './event.js';
import { id, instant, text } from './fragments.js';

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

/** GONE: the receiver answered 410. FAILING: nothing arrived for two days. BY_HAND: an administrator switched it off. */
export const WEBHOOK_OFF_REASONS = ['GONE', 'FAILING', 'BY_HAND'] as const;
export type WebhookOffReason = (typeof WEBHOOK_OFF_REASONS)[number];

export interface WebhookSwitchedOffV1 {
  /** Without its address, which may hold a secret of the receiver. */
  readonly webhook: { readonly id: string; readonly host: string; readonly description?: string };
  readonly reason: Exclude<WebhookOffReason, 'BY_HAND'>;
  /** ISO 8601 UTC. */
  readonly at: string;
}
export const WebhookSwitchedOff = defineEvent<WebhookSwitchedOffV1>(
  'riparo.notifications.webhook-switched-off.v1',
  'A webhook was switched off because its receiver is gone, or nothing reached it for two days.',
  Joi.object<WebhookSwitchedOffV1>({
    webhook: Joi.object({ id: id.required(), host: text.required(), description: text }).unknown(true).required(),
    reason: Joi.valid('GONE', 'FAILING').required(),
    at: instant.required(),
  }),
);

/** REFUSED: the mail server took no mail for it. BOUNCE: a mail came back. */
export const ADDRESS_FAILURES = ['REFUSED', 'BOUNCE'] as const;
export type AddressFailure = (typeof ADDRESS_FAILURES)[number];

export interface AddressFailedV1 {
  /** In lower case. It names whoever has it: auth knows who that is. */
  readonly address: string;
  readonly source: AddressFailure;
  /** What the other side said. */
  readonly reason: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}
export const AddressFailed = defineEvent<AddressFailedV1>(
  'riparo.notifications.address-failed.v1',
  'Mails to an address fail for good: nothing more is sent there, except what is about an account.',
  Joi.object<AddressFailedV1>({
    address: text.required(),
    source: Joi.valid(...ADDRESS_FAILURES).required(),
    reason: text.required(),
    at: instant.required(),
  }),
);

/** CONFIRMED: staff said that the address is right. DELIVERED: a mail was taken that was tried all the same. */
export const ADDRESS_CLEARANCES = ['CONFIRMED', 'DELIVERED'] as const;
export type AddressClearance = (typeof ADDRESS_CLEARANCES)[number];

/** Without the address: the subject is the one of the event that told of the failure. */
export interface AddressClearedV1 {
  readonly because: AddressClearance;
  /** ISO 8601 UTC. */
  readonly at: string;
}
export const AddressCleared = defineEvent<AddressClearedV1>(
  'riparo.notifications.address-cleared.v1',
  'Mails go to an address again that had failed.',
  Joi.object<AddressClearedV1>({ because: Joi.valid(...ADDRESS_CLEARANCES).required(), at: instant.required() }),
);
