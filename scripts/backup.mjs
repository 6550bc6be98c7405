/** `npm run backup -- --to FILE`: everything of `DATA_DIR` in one archive, while Riparo runs or not; `--verify FILE` checks one. */
import { checkNode } from './lib/check-node.mjs';

checkNode();
const { build, install } = await import('./lib/prepare.mjs');
await install();
await build('all-in-one');
await import('../all-in-one/dist/src/backup/backup-main.js');
