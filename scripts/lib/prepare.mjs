import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runOrExit } from './run.mjs';
import { packages, readJson, root, sourceFiles } from './workspace.mjs';

const lockStamp = join(root, 'node_modules', '.riparo-lock');
const buildStamp = join(root, '.build-stamp');
const hash = (text) => createHash('sha256').update(text).digest('hex');
const readText = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '');

/** True when npm's own record of what is installed holds every package of the lock file in its version. */
const isInstalled = () => {
  const wanted = readJson(join(root, 'package-lock.json')).packages;
  const installed = readJson(join(root, 'node_modules', '.package-lock.json'))?.packages;
  if (installed === undefined) return false;
  return Object.entries(wanted).every(
    ([path, entry]) => !path.includes('node_modules/') || entry.optional || entry.link || installed[path]?.version === entry.version,
  );
};

/** `npm ci`, when node_modules is missing or does not match the lock file; a few milliseconds otherwise. */
export const install = async () => {
  const lock = hash(readFileSync(join(root, 'package-lock.json')));
  if (readText(lockStamp) === lock) return;
  if (!isInstalled()) await runOrExit('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error']);
  writeFileSync(lockStamp, lock);
};

const isBuildInput = (path) => /(\.[cm]?ts|tsconfig[^/]*\.json|package\.json|^src\/.*\.json)$/.test(path);

/** Changes whenever a source file is added, removed or written; reads no contents, so it costs some 10 ms. */
const fingerprint = () => {
  const inputs = ['', ...packages().map(({ folder }) => folder)].flatMap((folder) => {
    const files =
      folder === '' ? ['tsconfig.json', 'tsconfig.base.json', 'package-lock.json'] : sourceFiles(join(root, folder), isBuildInput);
    return files.map((file) => join(folder, file));
  });
  return hash(
    inputs
      .map((path) => {
        const { mtimeMs, size } = statSync(join(root, path));
        return `${path} ${mtimeMs} ${size}`;
      })
      .join('\n'),
  );
};

/** Compiled files whose source is gone would still be imported and still be run as tests. */
const removeStale = () => {
  for (const { folder } of packages()) {
    const dist = join(root, folder, 'dist');
    const compiled = sourceFiles(dist, (path) => /\.(js|d\.ts)(\.map)?$/.test(path));
    for (const path of compiled) {
      const source = join(root, folder, path.replace(/\.(js|d\.ts)(\.map)?$/, '.ts'));
      if (!existsSync(source)) rmSync(join(dist, path));
    }
  }
};

/** `tsc -b` of the given packages (all by default) and what they need, when a source has changed since it last succeeded. */
export const build = async (...folders) => {
  const projects = folders.length === 0 ? ['.'] : folders;
  const key = projects.join(' ');
  const stamps = readJson(buildStamp) ?? {};
  const now = fingerprint();
  const outputs = folders.length === 0 ? packages().map(({ folder }) => folder) : folders;
  const isCompiled = outputs.every((folder) => existsSync(join(root, folder, 'dist')));
  if (isCompiled && (stamps['.'] === now || stamps[key] === now)) return;
  removeStale();
  await runOrExit(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-b', ...projects]);
  writeFileSync(buildStamp, JSON.stringify({ ...stamps, [key]: now }));
};
