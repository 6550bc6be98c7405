/** `npm run embedded-mongo -- --port 27017 --data DIR`: the embedded database alone, as a process that services share. */
import { checkNode } from './lib/check-node.mjs';
import { endWithNpm } from './lib/end-with-npm.mjs';

checkNode();
endWithNpm('scripts/embedded-mongo.mjs');
const { build, install } = await import('./lib/prepare.mjs');
await install();
await build('embedded-mongo');
await import('../embedded-mongo/dist/src/cli.js');
