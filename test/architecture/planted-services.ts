import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { manifest, plantTree, root, type PlantedTree } from './planted-tree.js';

/** Answers every request with its own environment; writes its name to DATA_DIR/stopped when told to stop. */
const process = (name: string): string => `
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
const port = process.argv.includes('--port') ? process.argv[process.argv.indexOf('--port') + 1] : process.env.PORT;
console.log('plain line of ${name}');
createServer((request, response) => response.end(JSON.stringify(process.env))).listen(Number(port), '127.0.0.1');
if (process.connected === false) process.exit(0);
process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => {
  appendFileSync(join(process.env.DATA_DIR, 'stopped'), '${name}\\n');
  process.exit(0);
});
`;

const entries: Readonly<Record<string, string>> = {
  'embedded-mongo': 'cli',
  gateway: 'main',
  ...Object.fromEntries(['auth', 'tickets', 'assets', 'notifications', 'reports', 'billing'].map((name) => [`services/${name}`, 'main'])),
};

/** Compiles to nothing: what runs is planted. */
const emptyProject = JSON.stringify({ compilerOptions: { noEmit: true, types: [], noCheck: true, lib: ['ES5'] }, include: ['src'] });

/** A tree whose services do nothing but run, for scripts/start-services.mjs to look after. */
export const plantServices = async (): Promise<PlantedTree> => {
  const keepPrivate = 'shared/dist/src/files/keep-private.js';
  return plantTree({
    [keepPrivate]: await readFile(join(root, keepPrivate), 'utf8'),
    ...Object.fromEntries(
      Object.entries(entries).flatMap(([folder, entry]): [string, string][] => {
        const name = folder.replace('services/', '');
        return [
          [`${folder}/package.json`, manifest(`@riparo/${name}`)],
          [`${folder}/tsconfig.json`, emptyProject],
          [`${folder}/src/${entry}.ts`, 'export {};\n'],
          [`${folder}/dist/src/${entry}.js`, process(name)],
        ];
      }),
    ),
  });
};

export const isRunning = (pid: number): boolean => {
  try {
    globalThis.process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
