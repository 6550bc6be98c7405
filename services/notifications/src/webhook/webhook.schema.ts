import type { Call } from '@riparo/shared/http/route';
import { line, oneOf } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { isInside, literalAddressOf } from './sending/addresses.js';
import { SELECTORS } from './event-types.js';
import type { WebhookInput } from './webhook.js';

/** What the configuration allows. */
export interface AddressRules {
  readonly allowHttp: boolean;
  readonly allowPrivate: boolean;
}

const MAX_URL = 2_000;

/** Why no webhook can go there; `undefined` when it can. What a name stands for is seen only when it is called. */
const faultOf = (url: URL, { allowHttp, allowPrivate }: AddressRules): string | undefined => {
  if (url.protocol !== 'https:' && !(allowHttp && url.protocol === 'http:'))
    return allowHttp ? 'must begin with https:// or http://' : 'must begin with https://';
  if (url.username !== '' || url.password !== '') return 'must not hold a user name or password';
  if (url.hash !== '') return 'must not hold a fragment';
  const address = literalAddressOf(url);
  return address !== undefined && !allowPrivate && isInside(address) ? 'must not be an address inside of a network' : undefined;
};

const address = (rules: AddressRules): Joi.StringSchema =>
  line(MAX_URL).custom((text: string, helpers) => {
    if (!URL.canParse(text)) return helpers.message({ custom: 'must be an address such as https://example.com/hooks' });
    const url = new URL(text);
    const fault = faultOf(url, rules);
    if (fault !== undefined) return helpers.message({ custom: fault });
    // A text that is too long itself is refused for that already.
    return url.href.length > MAX_URL && text.length <= MAX_URL
      ? helpers.message({ custom: `must have at most ${MAX_URL} characters` })
      : url.href;
  });

const fieldsOf = (rules: AddressRules) => ({
  url: address(rules).required(),
  description: line(200),
  events: Joi.array().items(oneOf(SELECTORS)).min(1).max(SELECTORS.length).unique().required(),
});

export const newWebhookSchema = (rules: AddressRules): Joi.ObjectSchema<WebhookInput> =>
  Joi.object<WebhookInput>({ ...fieldsOf(rules), active: Joi.boolean().default(true) });

export const webhookSchema = (rules: AddressRules): Joi.ObjectSchema<WebhookInput> =>
  Joi.object<WebhookInput>({ ...fieldsOf(rules), active: Joi.boolean().required() });

export interface WebhookParams {
  readonly id: string;
}
export interface DeliveryParams extends WebhookParams {
  readonly deliveryId: string;
}
export type WebhookCall<Body = unknown, Query = unknown> = Call<Body, Query, WebhookParams>;
