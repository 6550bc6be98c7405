import { manifest, plantTree, type PlantedTree } from './planted-tree.js';

/** Answers every request with its own environment; writes its name to DATA_DIR/stopped when told to stop. */
const process = (name: string): string => `
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
const port = process.argv.includes('--port') ? process.argv[process.argv.indexOf('--port') + 1] : process.env.PORT;
console.log('plain line of ${name}');
createServer((request, response) => response.end(JSON.stringify(process.env))).listen(Number(port), '127.0.0.1');
process.on('SIGTERM', () => {
  appendFileSync(join(process.env.DATA_DIR, 'stopped'), '${name}\\n');
  process.exit(0);
});
`;

const services = ['auth', 'tickets', 'assets', 'notifications', 'reports'];

/** A tree whose services do nothing but run, for scripts/start-services.mjs to look after. */
export const plantServices = (): Promise<PlantedTree> =>
  plantTree({
    'tsconfig.json': JSON.stringify({ compilerOptions: { outDir: 'dist', types: [], noCheck: true }, files: ['nothing.ts'] }),
    'nothing.ts': 'export {};\n',
    'embedded-mongo/dist/src/cli.js': process('embedded-mongo'),
    'gateway/dist/src/main.js': process('gateway'),
    ...Object.fromEntries(services.map((name) => [`services/${name}/package.json`, manifest(`@riparo/${name}`)])),
    // A compiled file without a source is taken for a left-over and removed.
    ...Object.fromEntries(services.map((name) => [`services/${name}/src/main.ts`, 'export {};\n'])),
    ...Object.fromEntries(services.map((name) => [`services/${name}/dist/src/main.js`, process(name)])),
  });

export const isRunning = (pid: number): boolean => {
  try {
    globalThis.process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
