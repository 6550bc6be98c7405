/** `npm run build`: compiles every package; `npm run build -- services/tickets` that one and what it needs. */
import { checkNode } from './lib/check-node.mjs';
import { build, install } from './lib/prepare.mjs';

checkNode();
await install();
await build(...process.argv.slice(2));
