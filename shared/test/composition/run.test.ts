import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { eventually } from '../../src/testing/eventually.js';
import { startChild, type Child } from './child.js';

describe('run', () => {
  const children: Child[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.signal('SIGKILL');
  });

  const start = (env: Record<string, string>, ...args: readonly string[]): Child => {
    const child = startChild('./run.process.js', { KEY: 'a secret value', ...env }, args);
    children.push(child);
    return child;
  };

  it('when SIGTERM comes during a request, then the request is answered and the code is 0', async () => {
    const started = start({});
    const answer = fetch(`http://127.0.0.1:${await started.port()}/`).then((response) => response.text());
    await eventually(() => started.output().includes('request came'));
    started.signal('SIGTERM');
    expect(await answer).to.equal('answered');
    expect(await started.exit()).to.equal(0);
    expect(started.output()).to.contain('"stopped"');
  });

  it('when the machine lets others read new files, then what it writes is for its user only', async () => {
    const FOLDER = await mkdtemp(join(tmpdir(), 'riparo-run-'));
    const ours = process.umask(0o022);
    try {
      const started = start({ DEMO: 'write', FOLDER });
      await started.port();
      const modes = await Promise.all(['mail', 'mail/one.eml'].map(async (path) => (await stat(join(FOLDER, path))).mode & 0o777));
      expect(modes).to.deep.equal([0o700, 0o600]);
    } finally {
      process.umask(ours);
      await rm(FOLDER, { recursive: true });
    }
  });

  it('when the process that started it is gone, then it stops in order', async () => {
    const started = start({});
    await started.port();
    started.leave();
    expect(await started.exit()).to.equal(0);
    expect(started.output()).to.contain('"stopped"');
  });

  it('when a second signal comes, then it ends at once with 1', async () => {
    const started = start({ DEMO: 'hang' });
    await started.port();
    started.signal('SIGINT');
    await eventually(() => started.output().includes('stopping'));
    started.signal('SIGINT');
    expect(await started.exit()).to.equal(1);
  });

  const fatal: readonly (readonly [string, string, string])[] = [
    ['fail', 'could not start', 'no database'],
    ['throw', 'uncaught exception', 'nobody catches this'],
    ['reject', 'unhandled rejection', 'nobody awaits this'],
  ];
  for (const [what, message, cause] of fatal) {
    it(`when ${message}, then it is logged as fatal and the code is 1`, async () => {
      const started = start({ DEMO: what });
      expect(await started.exit()).to.equal(1);
      expect(started.output()).to.contain('"level":60').and.to.contain(message).and.to.contain(cause);
    });
  }

  it('when the configuration is faulty, then every fault is told and the code is 1', async () => {
    const started = start({ KEY: '', PORT: 'x' });
    expect(await started.exit()).to.equal(1);
    expect(started.output()).to.match(/PORT: .*\n.*KEY/);
  });

  it('when --print-config, then it prints without secrets and does not start', async () => {
    const started = start({}, '--print-config');
    expect(await started.exit()).to.equal(0);
    expect(started.output())
      .to.contain('PORT=0')
      .and.to.contain('KEY=[hidden]')
      .and.not.to.contain('a secret value')
      .and.not.to.contain('ready');
  });
});
