import type Joi from 'joi';

/**
 * An event as a decision returns it. The repository adds id, time, tenant and version when it saves the event in the
 * aggregate's own document.
 */
export interface DomainEvent<T = unknown> {
  readonly type: string;
  readonly data: T;
}

/**
 * An event on the wire: CloudEvents 1.0 in JSON (https://github.com/cloudevents/spec, structured mode). Attribute
 * names are lower case without separators because the specification allows nothing else.
 */
export interface EventEnvelope<T = unknown> {
  readonly specversion: '1.0';
  /** Unique and the same on every redelivery: `<aggregate id>.<aggregate version>.<position within that write>`. */
  readonly id: string;
  /** The publishing service, `/riparo/<service>`. */
  readonly source: string;
  /** For instance `riparo.tickets.ticket-assigned.v1`; also the routing key. */
  readonly type: string;
  /** The aggregate's id. */
  readonly subject: string;
  /** ISO 8601 UTC, when the change was saved. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly tenantid: string;
  /** The aggregate's version after the change. Consumers write a replica only if this version is newer than the version that they have. */
  readonly aggregateversion: number;
  /** W3C trace context of the request that caused the change. */
  readonly traceparent?: string;
  readonly data: T;
}

/** A published event: its name, the shape of its data, and the schema against which every consumer checks the data on receipt. */
export interface EventContract<T> {
  readonly type: string;
  /** One sentence for the generated event reference. */
  readonly description: string;
  readonly schema: Joi.ObjectSchema<T>;
  /** Makes the event that a decision returns. */
  readonly with: (data: T) => DomainEvent<T>;
}

/** Declares an event in a `<service>.events.ts` file: `defineEvent<TicketOpenedV1>('riparo.tickets.ticket-opened.v1', …)`. */
export const defineEvent = <T>(type: string, description: string, schema: Joi.ObjectSchema<T>): EventContract<T> => ({
  type,
  description,
  schema: schema.unknown(true),
  with: (data) => ({ type, data }),
});
