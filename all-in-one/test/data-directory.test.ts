import { execFile } from 'node:child_process';
import { chmod, lstat, mkdir, readdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { eventually } from '@riparo/shared/testing/eventually';
import { createHttpClient } from '@riparo/shared/testing/http-client';
import { ADMIN_EMAIL, createInstallation, type Installation } from './installation.js';

const cli = join(dirname(createRequire(import.meta.url).resolve('embedded-mongo/package.json')), 'dist/src/cli.js');

/** Every path below the directory, itself included, with what group and others may do. */
const rightsOfOthers = async (top: string): Promise<ReadonlyMap<string, number>> => {
  const paths = ['.', ...(await readdir(top, { recursive: true }))];
  return new Map(await Promise.all(paths.map(async (path) => [path, (await lstat(join(top, path))).mode & 0o077] as const)));
};
const openOnes = (rights: ReadonlyMap<string, number>): string[] => [...rights].filter(([, mode]) => mode !== 0).map(([path]) => path);

describe('the data directory of a one-process installation', () => {
  let installation: Installation;
  let DATA_DIR: string;
  beforeEach(async () => {
    installation = await createInstallation();
    DATA_DIR = installation.dataDir;
  });
  afterEach(() => installation.remove());

  it('when it is written to and backed up, then nothing in it is open to group or others', async () => {
    const port = await installation.start();
    const api = createHttpClient(`http://127.0.0.1:${port}`);
    expect((await api.post('/auth/forgot-password', { email: ADMIN_EMAIL })).status).to.equal(202);
    await eventually(async () => (await readdir(join(DATA_DIR, 'mail')).catch(() => [])).some((name) => name.endsWith('.eml')), {
      withinMs: 20_000,
    });
    await promisify(execFile)(process.execPath, [
      cli,
      'backup',
      '--data',
      join(DATA_DIR, 'mongo'),
      '--to',
      join(DATA_DIR, 'backups', 'one.mdb'),
    ]);
    const rights = await rightsOfOthers(DATA_DIR);
    expect(openOnes(rights)).to.deep.equal([]);
    expect([...rights.keys()]).to.include.members(['mongo/data.mdb', 'mongo/lock.mdb', 'internal-secret', 'backups/one.mdb']);
    expect(installation.output()).not.to.contain('Other users');
  });

  it('when an earlier version left it open, then it is closed at the start and one warning says what was', async () => {
    await installation.start();
    await installation.stop();
    await mkdir(join(DATA_DIR, 'mail'), { recursive: true });
    await writeFile(join(DATA_DIR, 'mail', 'one.eml'), 'a link that lets its reader in');
    await mkdir(join(DATA_DIR, 'of-somebody-else'));
    await chmod(join(DATA_DIR, 'of-somebody-else'), 0o755);
    for (const folder of ['', 'mongo', 'mail']) await chmod(join(DATA_DIR, folder), 0o755);
    for (const file of ['mongo/data.mdb', 'internal-secret', 'mail/one.eml']) await chmod(join(DATA_DIR, file), 0o644);
    await installation.start();
    expect(openOnes(await rightsOfOthers(DATA_DIR))).to.deep.equal(['of-somebody-else']);
    const warnings = installation
      .output()
      .split('\n')
      .filter((line) => line.includes('Other users'));
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.contain('data (755)').and.to.contain('internal-secret (644)');
  });
});
