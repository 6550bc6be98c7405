/** Installs what package-lock.json says, when that is not there yet; every other script does so by itself. */
import { checkNode } from './lib/check-node.mjs';
import { install } from './lib/prepare.mjs';

checkNode();
await install();
