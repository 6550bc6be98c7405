import { SessionsRevoked } from '../../src/contracts/auth.events.js';
import { ALL_EVENTS, TOPOLOGY, type ServiceName } from '../../src/contracts/topology.js';
import { on, type Subscription } from '../../src/messaging/bus.js';

/** Takes whatever the topology has for a service and does nothing with it, so that a demo can stand in for the service. */
export const indifferentTo = (name: ServiceName): readonly Subscription[] => {
  const wanted: readonly string[] = TOPOLOGY[name];
  return ALL_EVENTS.filter(({ type }) => wanted.includes(type) && type !== SessionsRevoked.type).map((contract) =>
    on(contract, () => Promise.resolve()),
  );
};
