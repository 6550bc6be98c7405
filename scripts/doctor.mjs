/** `npm run doctor [-- --json]`: says what is wrong with an installation and what to do; exit code 1 when something fails. */
import { checkNode } from './lib/check-node.mjs';

checkNode();
const { build, install } = await import('./lib/prepare.mjs');
await install();
await build('all-in-one');
await import('../all-in-one/dist/src/doctor/main.js');
