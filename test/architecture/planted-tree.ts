import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The top of the tree these tests belong to. */
export const root = join(import.meta.dirname, '..', '..', '..');

export interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** Runs a script with Node; a failing exit code is an answer, not an error. */
export const runNode = (
  script: string,
  args: readonly string[] = [],
  options: { cwd?: string; env?: NodeJS.ProcessEnv; timeoutMs?: number } = {},
): Promise<Outcome> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      [script, ...args],
      { cwd: options.cwd ?? root, env: options.env ?? process.env, maxBuffer: 64 * 1024 * 1024, timeout: options.timeoutMs ?? 0 },
      (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, output: stdout + stderr });
      },
    );
  });

const tooling = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.base.json',
  'eslint.config.js',
  '.dependency-cruiser.cjs',
  '.mocharc.json',
  '.prettierrc.json',
  'scripts',
];

/** Packages of the tree itself must be found in the planted tree, everything else where it is installed. */
const linkPackages = async (tree: string, own: Readonly<Record<string, string>>): Promise<void> => {
  const installed = await readdir(join(root, 'node_modules'));
  await mkdir(join(tree, 'node_modules', '@riparo'), { recursive: true });
  const others = installed.filter((name) => name !== '@riparo' && name !== 'embedded-mongo' && name !== '.riparo-lock');
  await Promise.all(others.map((name) => symlink(join(root, 'node_modules', name), join(tree, 'node_modules', name))));
  await Promise.all(Object.entries(own).map(([name, folder]) => symlink(join(tree, folder), join(tree, 'node_modules', name))));
};

export interface PlantedTree {
  readonly path: string;
  write(file: string, text: string): Promise<void>;
  remove(): Promise<void>;
}

/**
 * A small tree in a temporary folder that the workspace's tools take for the real one: to see what they say of faults
 * that the real tree must never have. `own` maps package names to their folders in it.
 */
export const plantTree = async (
  files: Readonly<Record<string, string>>,
  own: Readonly<Record<string, string>> = {},
): Promise<PlantedTree> => {
  const path = await mkdtemp(join(tmpdir(), 'riparo-planted-'));
  const write = async (file: string, text: string): Promise<void> => {
    await mkdir(dirname(join(path, file)), { recursive: true });
    await writeFile(join(path, file), text);
  };
  await Promise.all(tooling.map((name) => cp(join(root, name), join(path, name), { recursive: true })));
  await Promise.all(Object.entries(files).map(([file, text]) => write(file, text)));
  await linkPackages(path, own);
  return { path, write, remove: () => rm(path, { recursive: true, force: true }) };
};

/** The manifest of a planted package, in the way of the real ones. */
export const manifest = (name: string, dependencies: Readonly<Record<string, string>> = {}): string =>
  JSON.stringify({ name, version: '0.1.0', private: true, type: 'module', exports: { './*': './dist/src/*.js' }, dependencies });

/** Compiler options of a package whose types no test is about: it is only translated. */
export const UNCHECKED = { noCheck: true };

/** The tsconfig of a planted package `depth` folders below the top. */
export const tsconfig = (depth: number, options: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({
    extends: `${'../'.repeat(depth)}tsconfig.base.json`,
    compilerOptions: { rootDir: '.', outDir: 'dist', tsBuildInfoFile: 'dist/.tsbuildinfo', ...options },
    include: ['src', 'test'],
  });
