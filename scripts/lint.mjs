/** `npm run lint`: style and dependencies of the whole tree. */
import { checkNode } from './lib/check-node.mjs';

checkNode();
const { build, install } = await import('./lib/prepare.mjs');
const { run } = await import('./lib/run.mjs');
await install();
await build();
const style = await run(process.execPath, ['scripts/check-style.mjs']);
const dependencies = await run(process.execPath, ['scripts/check-dependencies.mjs']);
process.exitCode = style.code || dependencies.code;
