/** `npm run restore -- --from FILE`: an archive of `npm run backup` into an empty `DATA_DIR`, Riparo stopped. */
import { checkNode } from './lib/check-node.mjs';

checkNode();
const { build, install } = await import('./lib/prepare.mjs');
await install();
await build('all-in-one');
await import('../all-in-one/dist/src/backup/restore-main.js');
