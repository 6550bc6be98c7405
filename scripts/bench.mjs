/** `npm run bench -- …`: builds everything and runs the benchmarks; arguments go to them. */
import { checkNode } from './lib/check-node.mjs';

checkNode();
const { build, install } = await import('./lib/prepare.mjs');
await install();
await build();
await import('../benchmarks/dist/main.js');
