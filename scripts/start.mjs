/**
 * `npm start`: installs and builds what is missing or has changed, then runs every service in this very process, so
 * that signals and exit codes are its own. Arguments go to the application (`npm start -- --print-config`).
 */
import { checkNode } from './lib/check-node.mjs';
import { endWithNpm } from './lib/end-with-npm.mjs';

checkNode();
endWithNpm('scripts/start.mjs');
const { build, install } = await import('./lib/prepare.mjs');
await install();
await build('all-in-one');
await import('../all-in-one/dist/src/main.js');
