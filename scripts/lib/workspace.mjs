import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The top of the tree, wherever the command was started. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** The file as JSON, or `undefined` when there is none. */
export const readJson = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined);

/** Folders that hold a package: the workspaces of package.json with `services/*` spelled out, as `{ folder, name }`. */
export const packages = (top = root) =>
  readJson(join(top, 'package.json'))
    .workspaces.flatMap((pattern) => {
      if (!pattern.endsWith('/*')) return [pattern];
      const parent = pattern.slice(0, -2);
      if (!existsSync(join(top, parent))) return [];
      return readdirSync(join(top, parent), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => `${parent}/${entry.name}`);
    })
    .filter((folder) => existsSync(join(top, folder, 'package.json')))
    .map((folder) => ({ folder, name: folder.split('/').at(-1) }));

const generated = new Set(['node_modules', 'dist', 'data', 'coverage', '.git']);

/** Every file below `folder` that somebody wrote (nothing generated or installed), as paths from `folder`. */
export const sourceFiles = (folder, matches = () => true, prefix = '') => {
  if (!existsSync(join(folder, prefix))) return [];
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
    if (entry.isDirectory()) return generated.has(entry.name) ? [] : sourceFiles(folder, matches, path);
    return matches(path) ? [path] : [];
  });
};
