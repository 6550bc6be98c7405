import type { DomainEvent, EventEnvelope } from '../contracts/event.js';
import { currentContext } from '../runtime/context.js';

export interface EnvelopeOrigin {
  readonly service: string;
  readonly tenantId: string;
  readonly aggregateId: string;
  readonly version: number;
  readonly time: Date;
}

/** Wraps what a decision announced; the id is made from aggregate, version and position, so that it never changes. */
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
