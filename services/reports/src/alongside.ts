import type { Subscription } from '@riparo/shared/messaging/bus';

/**
 * A service has one subscription for each type of event. Where both lists have one, the handler of the first runs before that of
 * the second, which finds the copies as the event tells them.
 */
export const alongside = (first: readonly Subscription[], second: readonly Subscription[]): readonly Subscription[] => {
  const types = new Set(first.map(({ contract }) => contract.type));
  const joined = first.map(({ contract, handle }): Subscription => {
    const later = second.filter((other) => other.contract.type === contract.type);
    if (later.length === 0) return { contract, handle };
    return {
      contract,
      handle: async (event, delivery) => {
        await handle(event, delivery);
        for (const other of later) await other.handle(event, delivery);
      },
    };
  });
  return [...joined, ...second.filter(({ contract }) => !types.has(contract.type))];
};
