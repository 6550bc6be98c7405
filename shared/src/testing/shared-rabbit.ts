import { requireRabbit, type RabbitHost, type RabbitNode } from './rabbit-node.js';

// One node for all test files of a mocha process that do not kill it: each starts in seconds of a core. What tests could
// disturb each other by, the virtual host with its exchanges and queues, is new for each.
let node: Promise<RabbitNode> | undefined;
after(async () => {
  await (await node)?.stop();
});

/** As `requireRabbit`, for virtual hosts of one node that this mocha process's tests share. */
export const requireRabbitHost = (): (() => Promise<RabbitHost>) | undefined => {
  const startNode = requireRabbit();
  return startNode && (async () => (await (node ??= startNode())).addHost());
};
