import type { DomainEvent, EventEnvelope } from '../contracts/event.js';
import { currentContext } from '../runtime/context.js';

export interface EnvelopeOrigin {
  readonly service: string;
  readonly tenantId: string;
  readonly aggregateId: string;
  readonly version: number;
  readonly time: Date;
}

/** Wraps the events of a decision. The id consists of aggregate, version and position, so it is the same on every redelivery. */
export const toEnvelopes = (
  events: readonly DomainEvent[],
  { service, tenantId, aggregateId, version, time }: EnvelopeOrigin,
): EventEnvelope[] => {
  const traceparent = currentContext()?.traceparent;
  return events.map((event, index) => ({
    specversion: '1.0',
    id: `${aggregateId}.${version}.${index}`,
    source: `/riparo/${service}`,
    type: event.type,
    subject: aggregateId,
    time: time.toISOString(),
    datacontenttype: 'application/json',
    tenantid: tenantId,
    aggregateversion: version,
    ...(traceparent === undefined ? {} : { traceparent }),
    data: event.data,
  }));
};
