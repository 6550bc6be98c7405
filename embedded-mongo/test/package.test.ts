import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { describeEmbedded } from './test-server.js';

const folder = fileURLToPath(new URL('../..', import.meta.url));

interface Packed {
  readonly files: readonly { readonly path: string }[];
}

describeEmbedded('the package', function () {
  // A limit for a machine that others use as well, not an expectation.
  this.timeout(60_000);
  let files: readonly string[];
  before(async () => {
    const { stdout } = await promisify(execFile)('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: folder,
      maxBuffer: 1 << 24,
    });
    files = (JSON.parse(stdout) as [Packed])[0].files.map(({ path }) => path);
  });

  it('has all that its manifest names', () => {
    const { main, types, bin, exports } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      main: string;
      types: string;
      bin: Readonly<Record<string, string>>;
      exports: Readonly<{ '.': Readonly<Record<string, string>> }>;
    };
    const targets = [main, types, ...Object.values(bin), ...Object.values(exports['.'])].map((path) => path.slice(2));
    expect(files).to.include.members([...targets, 'README.md', 'CHANGELOG.md', 'LICENSE', 'docs/support.md', 'dist/src/worker.js']);
  });

  it('has neither tests nor benchmarks', () => {
    expect(files.filter((path) => !/^(dist\/src|src|docs)\/|^(README|CHANGELOG)\.md$|^LICENSE$|^package\.json$/.test(path))).to.deep.equal(
      [],
    );
  });

  it('imports what it declares and nothing else', () => {
    const { dependencies } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { dependencies: object };
    const importing = /^(?:import|}) .*from '((?!node:|\.)[^'\n]+)';$|import\('((?!\.)[^'\n]+)'\)/gm;
    const named = files
      .filter((path) => path.startsWith('src/'))
      .flatMap((path) => [...readFileSync(`${folder}/${path}`, 'utf8').matchAll(importing)].map(([, name, later]) => name ?? later));
    expect([...new Set(named)].sort()).to.deep.equal(Object.keys(dependencies).sort());
  });
});
