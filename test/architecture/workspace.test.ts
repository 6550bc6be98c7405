import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { readCompose } from './compose-file.js';
import { root } from './planted-tree.js';

const readJson = async <T>(path: string): Promise<T> => JSON.parse(await readFile(join(root, path), 'utf8')) as T;

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly workspaces?: readonly string[];
}

const packageFolders = async (): Promise<readonly string[]> => {
  const { workspaces = [] } = await readJson<Manifest>('package.json');
  const services = await readdir(join(root, 'services'));
  return workspaces.flatMap((pattern) => (pattern === 'services/*' ? services.map((name) => `services/${name}`) : [pattern]));
};

/** The generator of the client's types runs on TypeScript 5 alone. */
const OF_ITS_OWN: Readonly<Record<string, string>> = { 'clients/typescript': 'typescript' };

describe('the workspace', () => {
  it('when a package exists, then the build knows it', async () => {
    const { references } = await readJson<{ references: readonly { path: string }[] }>('tsconfig.json');
    expect(references.map(({ path }) => path)).to.have.members(await packageFolders());
  });

  it('when packages need the same library, then they need the same version of it', async () => {
    const versions = new Map<string, Set<string>>();
    for (const folder of ['.', ...(await packageFolders())]) {
      const { dependencies, devDependencies } = await readJson<Manifest>(join(folder, 'package.json'));
      const wanted = Object.entries({ ...dependencies, ...devDependencies }).filter(([name]) => name !== OF_ITS_OWN[folder]);
      for (const [name, version] of wanted) versions.set(name, (versions.get(name) ?? new Set()).add(version));
    }
    expect([...versions].filter(([, different]) => different.size > 1).map(([name]) => name)).to.deep.equal([]);
    expect([...versions.values()].flatMap((all) => [...all]).filter((version) => !/^\d/.test(version))).to.deep.equal([]);
  });

  it('when containers and npm run start:services start a service, then its port is the same', async () => {
    const { catalogue } = (await import(join(root, 'scripts/lib/catalogue.mjs'))) as {
      catalogue: (env: object) => readonly { name: string; offset: number }[];
    };
    const { services } = await readCompose(root);
    for (const { name, offset } of catalogue({})) expect(services[name]?.environment?.PORT, name).to.equal(4100 + offset);
  });
});
