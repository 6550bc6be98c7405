/**
 * Compares the API reference with that of the last release, docs/released/openapi.json:
 * `node scripts/check-compatibility.mjs [TREE]`. Fails on a change that breaks clients (lib/breaking-changes.mjs), unless
 * CHANGELOG.md names the operation's id under `### Breaking` of `## Unreleased`. Passes when nothing was released yet.
 * `--release` writes the reference as released instead. Both files are those of TREE; the reference is Riparo's own, or
 * the JSON of `--reference=FILE`.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { breakingChanges } from './lib/breaking-changes.mjs';
import { build, install } from './lib/prepare.mjs';
import { readJson, root } from './lib/workspace.mjs';

const [given] = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const tree = resolve(given ?? root);
const file = 'docs/released/openapi.json';
const [, other] = process.argv.map((argument) => /^--reference=(.+)$/.exec(argument)).find(Boolean) ?? [];

/** The reference as it would be served: through JSON, in which nothing is `undefined`. */
const readReference = async () => {
  if (other !== undefined) return JSON.parse(readFileSync(other, 'utf8'));
  await install();
  await build('all-in-one');
  const { makeReference } = await import('./docs/services.mjs');
  return JSON.parse(JSON.stringify(await makeReference()));
};

/** The lines of a section: what stands below its heading, down to the next heading of its level. */
const section = (text, heading) => {
  const level = heading.replace(/[^#]/g, '');
  const parts = text.split(new RegExp(`^(?=${level} )`, 'm'));
  return parts.filter((part) => part.split('\n', 1)[0].trim() === heading).join('\n');
};

const namedAsBreaking = () => {
  const changelog = join(tree, 'CHANGELOG.md');
  return existsSync(changelog) ? section(section(readFileSync(changelog, 'utf8'), '## Unreleased'), '### Breaking') : '';
};

const release = async () => {
  mkdirSync(dirname(join(tree, file)), { recursive: true });
  writeFileSync(join(tree, file), `${JSON.stringify(await readReference())}\n`);
  console.log(`Written: ${file}`);
};

const check = async () => {
  const released = readJson(join(tree, file));
  if (released === undefined) return console.log('no release yet');
  const changes = breakingChanges(released, await readReference());
  const named = new Set(namedAsBreaking().match(/[\w-]+/g));
  const faults = changes.filter(({ operation }) => !named.has(operation));
  for (const { operation, what } of faults) console.error(`${operation}: ${what}`);
  if (faults.length > 0)
    console.error('\nKeep it as it was, or name the operation in CHANGELOG.md under "### Breaking" of "## Unreleased".');
  console.log(`${Object.keys(released.paths).length} paths, ${changes.length} breaking changes, ${faults.length} faults`);
  process.exitCode = faults.length === 0 ? 0 : 1;
};

await (process.argv.includes('--release') ? release() : check());
