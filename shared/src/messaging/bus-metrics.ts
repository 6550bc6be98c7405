import { Counter, Histogram, type Registry } from 'prom-client';

/** How a delivery ended: `handled`, `parked`, `retried` (one failed try), `left` (the bus stopped first). */
export type DeliveryEnd = 'handled' | 'parked' | 'retried' | 'left';

/** Counters of both buses. */
export interface BusMetrics {
  published(type: string): void;
  /** `time` is the event's own time, ISO 8601. */
  ended(queue: string, type: string, outcome: DeliveryEnd, time?: string): void;
}

const LAG_BUCKETS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30, 300];

/** Several buses of one process may share a registry, so the counter may exist already. */
const counter = (registry: Registry, name: string, help: string, labelNames: string[]): Counter => {
  const known = registry.getSingleMetric(name);
  return known instanceof Counter ? known : new Counter({ name, help, labelNames, registers: [registry] });
};

const lagHistogram = (registry: Registry): Histogram => {
  const name = 'event_lag_seconds';
  const help = 'From the change to the end of its handling';
  const known = registry.getSingleMetric(name);
  return known instanceof Histogram
    ? known
    : new Histogram({ name, help, labelNames: ['queue'], buckets: LAG_BUCKETS, registers: [registry] });
};

/** Counts in `registry`; without a registry it counts nothing. */
export const createBusMetrics = (registry?: Registry): BusMetrics => {
  if (registry === undefined) return { published: () => undefined, ended: () => undefined };
  const published = counter(registry, 'events_published_total', 'Events that are known to be safe on the bus', ['type']);
  const handled = counter(registry, 'events_handled_total', 'Deliveries by how they ended', ['queue', 'type', 'outcome']);
  const parked = counter(registry, 'events_parked_total', 'Events that a consumer gave up on', ['queue']);
  const lag = lagHistogram(registry);
  return {
    published: (type) => published.inc({ type }),
    ended: (queue, type, outcome, time) => {
      handled.inc({ queue, type, outcome });
      if (outcome === 'parked') parked.inc({ queue });
      if (outcome === 'handled' && time !== undefined) lag.observe({ queue }, Math.max(0, Date.now() - Date.parse(time)) / 1000);
    },
  };
};
