/** `npm run build`: compiles every package. */
import { checkNode } from './lib/check-node.mjs';
import { build, install } from './lib/prepare.mjs';

checkNode();
await install();
await build();
