/**
 * ESLint over a tree, with its count: `node scripts/check-style.mjs [TREE]`. Fails when it looked at no TypeScript
 * file, so that a pattern that no longer matches cannot pass for a clean tree.
 */
import { resolve } from 'node:path';
import { ESLint } from 'eslint';
import { root } from './lib/workspace.mjs';

const tree = resolve(process.argv[2] ?? root);
const eslint = new ESLint({ cwd: tree, errorOnUnmatchedPattern: false });
const results = await eslint.lintFiles(['.']);
const formatter = await eslint.loadFormatter('stylish');
const typescript = results.filter(({ filePath }) => filePath.endsWith('.ts')).length;
const faults = results.reduce((sum, { errorCount, warningCount }) => sum + errorCount + warningCount, 0);

process.stdout.write(await formatter.format(results));
console.log(`${results.length} files (${typescript} TypeScript), ${faults} faults`);
if (typescript === 0) console.error('there is no TypeScript file to check');
process.exitCode = faults === 0 && typescript > 0 ? 0 : 1;
