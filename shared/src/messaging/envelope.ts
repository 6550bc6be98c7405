import Joi from 'joi';
import type { EventEnvelope } from '../contracts/event.js';
import type { RequestContext } from '../runtime/context.js';
import type { Subscription } from './bus.js';

const MAX_FAULTS_SHOWN = 10;

const text = (max: number): Joi.StringSchema => Joi.string().max(max).required();

/** CloudEvents 1.0 with Riparo's attributes. Other attributes are allowed, as the specification demands. */
const envelopeSchema = Joi.object({
  specversion: Joi.string().valid('1.0').required(),
  id: text(300),
  source: text(200),
  type: text(200),
  subject: text(200),
  time: Joi.string().isoDate().required(),
  datacontenttype: Joi.string().valid('application/json').required(),
  tenantid: text(100),
  aggregateversion: Joi.number().integer().min(1).required(),
  traceparent: Joi.string().max(100),
  data: Joi.object().required(),
}).unknown(true);

/** A received message: either an event that fits its contract, or the reason why it can never be handled. */
export type Received =
  | { readonly ok: true; readonly event: EventEnvelope; readonly subscription: Subscription }
  | { readonly ok: false; readonly reason: string; readonly event: EventEnvelope | { raw: string } };

const explain = (what: string, error: Joi.ValidationError): string => {
  const faults = error.details.map((detail) => detail.message);
  const more = faults.length > MAX_FAULTS_SHOWN ? ` and ${faults.length - MAX_FAULTS_SHOWN} more` : '';
  return `${what} is invalid: ${faults.slice(0, MAX_FAULTS_SHOWN).join(', ')}${more}`;
};

/** Without the parser's words: they quote the message, and a reason is logged and shown. */
const parseJson = (raw: string): { readonly value: unknown } | undefined => {
  try {
    return { value: JSON.parse(raw) as unknown };
  } catch {
    return undefined;
  }
};

/** Reads an envelope without a check of its data, where events are only listed or passed on. */
export const readEnvelope = (raw: string): EventEnvelope | { raw: string } => {
  const parsed = parseJson(raw);
  if (parsed === undefined || envelopeSchema.validate(parsed.value, { convert: false }).error !== undefined) return { raw };
  return parsed.value as EventEnvelope;
};

/** Checks a message from a bus against the envelope and the contract of its type. The handler gets the data as the schema converted it. */
export const receive = (raw: string, subscriptions: ReadonlyMap<string, Subscription>): Received => {
  const parsed = parseJson(raw);
  if (parsed === undefined) return { ok: false, reason: 'the message is not JSON', event: { raw } };
  const { error } = envelopeSchema.validate(parsed.value, { abortEarly: false, convert: false });
  if (error !== undefined) return { ok: false, reason: explain('the envelope', error), event: { raw } };
  const event = parsed.value as EventEnvelope;
  const subscription = subscriptions.get(event.type);
  if (subscription === undefined) return { ok: false, reason: `nothing here handles events of type ${event.type}`, event };
  const checked = subscription.contract.schema.validate(event.data, { abortEarly: false });
  if (checked.error !== undefined) return { ok: false, reason: explain('the data', checked.error), event };
  return { ok: true, subscription, event: { ...event, data: checked.value } };
};

/**
 * The context of a handler's logs and calls. The event's id takes the place of the request id; the trace is that of the
 * request which caused the event.
 */
export const contextOf = ({ id, traceparent }: EventEnvelope): RequestContext => ({
  requestId: id,
  ...(traceparent === undefined ? {} : { traceparent }),
});
