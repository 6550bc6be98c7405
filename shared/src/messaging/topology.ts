import type { Subscription } from './bus.js';

/**
 * Which queue wants which event types, for the whole installation: `{ tickets: ['riparo.assets.asset-registered.v1']
 * }`. Every process declares all queues of it, or makes sure that they are there, so that the broker keeps an event for a consumer that has never run yet.
 */
export type Topology = Readonly<Record<string, readonly string[]>>;

/** The queues that want events of this type. */
export const queuesFor = (topology: Topology, type: string): readonly string[] =>
  Object.keys(topology).filter((queue) => topology[queue]?.includes(type));

/**
 * Refuses subscriptions that differ from the queue's entry in the topology. An event type that is bound but not handled
 * would end parked; an event type that is handled but not bound would never arrive.
 */
export const assertMatchesTopology = (topology: Topology, queue: string, subscriptions: readonly Subscription[]): void => {
  const wanted = topology[queue];
  if (wanted === undefined)
    throw new Error(`queue "${queue}" is not in the topology, which has ${Object.keys(topology).join(', ') || 'none'}`);
  const handled = subscriptions.map((subscription) => subscription.contract.type);
  const twice = handled.filter((type, index) => handled.indexOf(type) !== index);
  const notHandled = wanted.filter((type) => !handled.includes(type));
  const notBound = handled.filter((type) => !wanted.includes(type));
  const faults = [
    ...notHandled.map((type) => `${type} is in the topology and has no subscription`),
    ...notBound.map((type) => `${type} has a subscription and is not in the topology`),
    ...twice.map((type) => `${type} has two subscriptions`),
  ];
  if (faults.length > 0) throw new Error(`the subscriptions of queue "${queue}" and the topology differ: ${faults.join('; ')}`);
};
