import type { EventEnvelope } from '@riparo/shared/contracts/event';
import { ALL_EVENTS, TOPOLOGY } from '@riparo/shared/contracts/topology';
import type { DescribedEvents } from '@riparo/shared/http/reference/describe-events';
import examples from './event-examples.json' with { type: 'json' };

/** What `/asyncapi.json` tells. `scripts/collect-examples.mjs` collects the examples from events that tests publish. */
export const DESCRIBED_EVENTS: DescribedEvents = {
  events: ALL_EVENTS,
  topology: TOPOLOGY,
  examples: examples as Readonly<Record<string, unknown>> as Readonly<Record<string, EventEnvelope>>,
};
