import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { createHttpClient } from '@riparo/shared/testing/http-client';
import { eventually } from '@riparo/shared/testing/eventually';
import { expect } from 'chai';
import { pack } from 'tar-stream';
import { ADMIN_EMAIL, createInstallation, type Installation } from './installation.js';

const ADMIN_PASSWORD = 'a-long-enough-passphrase';
const mains = fileURLToPath(new URL('../src/backup', import.meta.url));

interface Outcome {
  readonly code: number;
  readonly output: string;
}

const run = (command: 'backup' | 'restore', args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Outcome> =>
  new Promise((resolve) => {
    const { PATH, HOME, TMPDIR } = process.env;
    const system = { PATH, HOME, TMPDIR };
    execFile(process.execPath, [join(mains, `${command}-main.js`), ...args], { env: { ...system, ...env } }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr });
    });
  });

const signIn = async (port: number) => {
  const api = createHttpClient(`http://127.0.0.1:${port}`);
  const { body } = await api.post<{ token: string }>('/auth/login', { email: ADMIN_EMAIL, password: ADMIN_PASSWORD });
  return { api, token: body.data.token };
};

const customer = (number: number) => ({
  type: 'INDIVIDUAL',
  name: `Customer ${number}`,
  surname: 'Rossi',
  contactEmail: `customer-${number}@example.test`,
  contactPhone: `+39 059 ${100_000 + number}`,
});

describe('a backup of everything', () => {
  let installation: Installation;
  let elsewhere: string;
  let archive: string;
  /** How many customers were answered before the backup began, and in the end. */
  let before_: number;
  let all: number;

  before(async () => {
    installation = await createInstallation();
    elsewhere = join(dirname(installation.dataDir), 'another machine');
    archive = join(dirname(installation.dataDir), 'archives', 'riparo.tar.gz');
    const port = await installation.start({ ADMIN_PASSWORD });
    const { api, token } = await signIn(port);
    await api.post('/auth/forgot-password', { email: ADMIN_EMAIL });
    await eventually(async () => (await readdir(join(installation.dataDir, 'mail')).catch(() => [])).length > 0, { withinMs: 20_000 });
    let done = false as boolean;
    let made = 0;
    const writing = (async () => {
      for (; !done; made++) expect((await api.post('/customers', customer(made), { token })).status).to.equal(201);
    })();
    await eventually(() => made > 20);
    before_ = made;
    const outcome = await run('backup', ['--to', archive], { DATA_DIR: installation.dataDir });
    done = true;
    await writing;
    all = made;
    expect(outcome).to.deep.include({ code: 0 });
  });
  after(() => installation.remove());

  it('when it is made while Riparo serves, then it is one file for its owner and checks as sound', async () => {
    expect(await readdir(dirname(archive))).to.deep.equal(['riparo.tar.gz']);
    expect((await stat(archive)).mode & 0o777).to.equal(0o600);
    const { code, output } = await run('backup', ['--verify', archive]);
    expect(code, output).to.equal(0);
    expect(output).to.match(/^sound/);
  });

  it('when it is restored elsewhere, then all that was answered before is there without a gap', async () => {
    const dataDir = join(elsewhere, 'riparo', 'data');
    const { code, output } = await run('restore', ['--from', archive], { DATA_DIR: dataDir });
    expect(code, output).to.equal(0);
    expect(await readdir(dataDir)).to.have.members(['mongo', 'mail', 'internal-secret', 'device-password-key']);
    for (const secret of ['internal-secret', 'device-password-key'])
      expect(await readFile(join(dataDir, secret), 'utf8')).to.equal(await readFile(join(installation.dataDir, secret), 'utf8'));
    for (const path of ['', ...(await readdir(dataDir, { recursive: true }))])
      expect((await stat(join(dataDir, path))).mode & 0o077, path).to.equal(0);
    const copy = await createInstallation();
    try {
      const { api, token } = await signIn(await copy.start({ ADMIN_PASSWORD: 'another-long-passphrase', DATA_DIR: dataDir }));
      const { body } = await api.get<{ name: string }[]>('/customers?sort=createdAt&pageSize=100', { token });
      const count = body.pagination.totalCount;
      expect(count).to.be.at.least(before_).and.at.most(all);
      expect(body.data.map(({ name }) => name)).to.deep.equal(body.data.map((_, number) => `Customer ${number}`));
    } finally {
      await copy.remove();
    }
  });

  it('when a directory is filled or a restore was interrupted, then nothing is touched', async () => {
    const filled = await run('restore', ['--from', archive, '--data', installation.dataDir]);
    expect(filled).to.deep.equal({
      code: 1,
      output: `restore: ${installation.dataDir} is not empty. Restore into an empty or new directory.\n`,
    });
    const half = join(elsewhere, 'half');
    await mkdir(join(half, '.restoring'), { recursive: true });
    expect((await run('restore', ['--from', archive, '--data', half])).output).to.contain('was interrupted');
    expect((await run('backup', ['--to', `${archive}.2`, '--data', half])).output).to.contain('holds no database');
    const started = await createInstallation();
    await mkdir(join(started.dataDir, '.restoring'), { recursive: true });
    expect(await started.failedStart()).to.deep.include({ code: 1 });
    expect(started.output()).to.contain('a restore was begun and is not finished');
    await started.remove();
  });

  /** Restores a spoilt archive: nothing may be there afterwards. */
  const refusalOf = async (bytes: Buffer): Promise<string> => {
    const spoilt = join(elsewhere, 'spoilt.tar.gz');
    await mkdir(elsewhere, { recursive: true });
    await writeFile(spoilt, bytes);
    const target = join(elsewhere, 'never');
    const { code, output } = await run('restore', ['--from', spoilt, '--data', target]);
    expect(code).to.equal(1);
    expect(output.trim().split('\n'), output).to.have.length(1);
    expect(await readdir(target).catch(() => 'none')).to.equal('none');
    await rm(spoilt);
    return output;
  };

  it('when an archive is cut off or a byte of it is another, then nothing is restored', async () => {
    const bytes = await readFile(archive);
    expect(await refusalOf(bytes.subarray(0, bytes.length - 500))).to.contain('cut off, damaged');
    expect(await refusalOf(Buffer.from('no archive'))).to.contain('no backup of Riparo');
    const plain = gunzipSync(bytes);
    const at = plain.indexOf('riparo_auth', plain.indexOf('ustar', 1_000));
    plain.write('riparo_luth', at);
    expect(await refusalOf(gzipSync(plain))).to.match(/mongo\/data\.mdb is not what was backed up|is damaged/);
  });

  const tarOf = async (manifest: object, entries: readonly { name: string; type?: 'symlink'; linkname?: string }[]): Promise<Buffer> => {
    const tar = pack();
    tar.entry({ name: 'manifest.json' }, JSON.stringify(manifest));
    for (const entry of entries) tar.entry(entry, entry.type === undefined ? 'x' : undefined);
    tar.finalize();
    const chunks: Buffer[] = [];
    for await (const chunk of tar) chunks.push(chunk);
    return gzipSync(Buffer.concat(chunks));
  };
  const manifestWith = (...paths: string[]) => ({
    format: 1,
    riparo: '0.1.0',
    createdAt: '2026-11-30T10:00:00.000Z',
    entries: ['mongo/data.mdb', ...paths].map((path) => ({ path, size: 1, mode: 0o600, sha256: 'a'.repeat(64) })),
  });

  it('when an archive is of a newer version or tries to leave the directory, then it is refused', async () => {
    expect(await refusalOf(await tarOf({ ...manifestWith(), format: 2 }, []))).to.contain('format 2');
    expect(await refusalOf(await tarOf({ ...manifestWith(), riparo: '99.0.0' }, []))).to.contain('written by Riparo 99.0.0');
    for (const path of ['../outside', '/etc/outside', 'a/../../outside', 'c:\\outside', 'mail/./x'])
      expect(await refusalOf(await tarOf(manifestWith(path), [{ name: path }]))).to.contain('manifest is not valid');
    expect(await refusalOf(await tarOf(manifestWith(), [{ name: '../outside' }]))).to.contain('does not list');
    const link = { name: 'mongo/data.mdb', type: 'symlink', linkname: '/etc/passwd' } as const;
    expect(await refusalOf(await tarOf(manifestWith(), [link]))).to.contain('no plain file');
    expect(await refusalOf(await tarOf(manifestWith(), [{ name: 'mongo/data.mdb' }]))).to.contain('not what was backed up');
    expect(await refusalOf(await tarOf(manifestWith(), []))).to.contain('1 file(s) are missing');
  });

  it('when a backup cannot be made, then one sentence says why and nothing is left behind', async () => {
    const data = ['--data', installation.dataDir];
    expect((await run('backup', ['--to', archive, ...data])).output).to.contain('never overwrites');
    expect((await run('backup', ['--to', join(installation.dataDir, 'x.tar.gz'), ...data])).output).to.contain(
      'lies in the data directory',
    );
    expect((await run('backup', ['--to', `${archive}.2`], { MONGO_URL: 'mongodb://db.example' })).output).to.contain('mongodump');
    expect((await run('backup', [])).code).to.equal(2);
    expect((await run('backup', ['--nonsense'])).code).to.equal(2);
    const damaged = join(elsewhere, 'damaged');
    await mkdir(join(damaged, 'mongo'), { recursive: true });
    await copyFile(join(installation.dataDir, 'mongo', 'data.mdb'), join(damaged, 'mongo', 'data.mdb'));
    await writeFile(join(damaged, 'mongo', 'data.mdb'), Buffer.alloc(4096), { flag: 'r+' });
    await writeFile(join(damaged, 'mongo', 'data.mdb'), 'cut', { flag: 'w' });
    expect(await run('backup', ['--to', `${archive}.2`, '--data', damaged])).to.deep.include({ code: 1 });
    expect(await readdir(dirname(archive))).to.deep.equal(['riparo.tar.gz']);
  });

  it('when somebody put a link into the data directory, then what it leads to is not in the archive', async () => {
    const outside = join(elsewhere, 'outside.txt');
    await writeFile(outside, 'not of Riparo');
    await symlink(outside, join(installation.dataDir, 'mail', 'link.eml'));
    await chmod(installation.dataDir, 0o700);
    const second = join(dirname(archive), '..', 'second.tar.gz');
    const { output } = await run('backup', ['--to', second, '--data', installation.dataDir], { DEVICE_PASSWORD_KEY: 'ab'.repeat(32) });
    expect(output).to.contain('not in the archive, because the environment sets it: DEVICE_PASSWORD_KEY');
    expect(output).not.to.contain('abab');
    expect(gunzipSync(await readFile(second)).includes('not of Riparo')).to.equal(false);
  });
});
