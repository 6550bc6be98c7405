import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { devicePasswordKeyOf, internalSecretOf } from '../src/kept-secrets.js';

describe('the secret of a one-process installation', () => {
  let parent: string;
  let DATA_DIR: string;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'riparo-secret-'));
    DATA_DIR = join(parent, 'data');
  });
  afterEach(() => rm(parent, { recursive: true }));

  it('when none is configured, then one is made, kept from other users and found again by the next start', async () => {
    const first = await internalSecretOf({ INTERNAL_SECRET: undefined, DATA_DIR });
    expect(first).to.match(/^[\w-]{43}$/);
    expect(await internalSecretOf({ INTERNAL_SECRET: undefined, DATA_DIR })).to.equal(first);
    expect((await stat(join(DATA_DIR, 'internal-secret'))).mode & 0o077).to.equal(0);
  });

  it('when two installations begin, then each has its own', async () => {
    const other = internalSecretOf({ INTERNAL_SECRET: undefined, DATA_DIR: join(parent, 'other') });
    expect(await other).not.to.equal(await internalSecretOf({ INTERNAL_SECRET: undefined, DATA_DIR }));
  });

  it('when asked for twice at once on a new directory, then both get the same and nothing else is left', async () => {
    const [one, two] = await Promise.all([1, 2].map(() => internalSecretOf({ INTERNAL_SECRET: undefined, DATA_DIR })));
    expect(one).to.equal(two);
    expect(await readdir(DATA_DIR)).to.deep.equal(['internal-secret']);
  });

  it('when one is configured, then that one counts and nothing is written', async () => {
    const INTERNAL_SECRET = 'configured secret of thirty-two characters';
    expect(await internalSecretOf({ INTERNAL_SECRET, DATA_DIR })).to.equal(INTERNAL_SECRET);
    expect(await readdir(parent)).to.deep.equal([]);
  });

  it('when there is no key for device passwords, then one of 32 bytes is made and kept beside it', async () => {
    const first = await devicePasswordKeyOf({ DEVICE_PASSWORD_KEY: undefined, DATA_DIR });
    expect(first).to.match(/^[0-9a-f]{64}$/);
    expect(await devicePasswordKeyOf({ DEVICE_PASSWORD_KEY: undefined, DATA_DIR })).to.equal(first);
    expect((await stat(join(DATA_DIR, 'device-password-key'))).mode & 0o077).to.equal(0);
  });
});
