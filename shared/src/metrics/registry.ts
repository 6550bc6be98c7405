import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** A registry of one process. It includes Node's own figures: memory, event loop, garbage collection. */
export const createRegistry = (labels: Readonly<Record<string, string>> = {}): Registry => {
  const registry = new Registry();
  registry.setDefaultLabels(labels);
  collectDefaultMetrics({ register: registry });
  return registry;
};

interface MetricOptions<Label extends string> {
  readonly name: string;
  readonly help: string;
  readonly labelNames?: readonly Label[];
}

/**
 * Returns the metric of that name when the registry has it already, because several services of one process share a
 * registry. `gauge` and `histogram` do the same. Names and labels are listed in docs/operations.
 */
export const counter = <Label extends string = string>(registry: Registry, options: MetricOptions<Label>): Counter<Label> => {
  const known = registry.getSingleMetric(options.name);
  return known instanceof Counter ? known : new Counter({ ...options, registers: [registry] });
};

export const gauge = <Label extends string = string>(registry: Registry, options: MetricOptions<Label>): Gauge<Label> =>
  (registry.getSingleMetric(options.name) as Gauge<Label> | undefined) ?? new Gauge({ ...options, registers: [registry] });

/** `buckets` are in the metric's unit, by rule seconds. */
export const histogram = <Label extends string = string>(
  registry: Registry,
  options: MetricOptions<Label> & { readonly buckets: readonly number[] },
): Histogram<Label> =>
  (registry.getSingleMetric(options.name) as Histogram<Label> | undefined) ??
  new Histogram({ ...options, buckets: [...options.buckets], registers: [registry] });
