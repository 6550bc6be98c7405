import { expect } from 'chai';
import { createBackgroundWorker, type BackgroundWorker } from '../../src/concurrency/background-worker.js';

/** A worker whose runs end when the test says so. */
const slowWorker = (): { worker: BackgroundWorker; runs: (() => void)[]; errors: unknown[]; fail: (error: Error) => void } => {
  const runs: (() => void)[] = [];
  const errors: unknown[] = [];
  let reject: (error: Error) => void = () => undefined;
  const worker = createBackgroundWorker({
    work: () =>
      new Promise((resolve, failed) => {
        reject = failed;
        runs.push(resolve);
      }),
    onError: (error) => errors.push(error),
  });
  return { worker, runs, errors, fail: (error) => reject(error) };
};

/** Lets everything happen that waits for nothing. */
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('background worker', () => {
  it('when many ask during a run, then it runs once more, and idle waits for both', async () => {
    const { worker, runs } = slowWorker();
    worker.wake();
    for (let asked = 0; asked < 10; asked++) worker.wake();
    let isIdle = false;
    const idle = worker.idle().then(() => (isIdle = true));
    expect(runs).to.have.length(1);
    runs[0]?.();
    await breathe();
    expect([runs.length, isIdle]).to.deep.equal([2, false]);
    runs[1]?.();
    await idle;
    expect(runs).to.have.length(2);
  });

  it('when it is woken after it has ended, then it runs again', async () => {
    const { worker, runs } = slowWorker();
    worker.wake();
    runs[0]?.();
    await worker.idle();
    worker.wake();
    expect(runs).to.have.length(2);
  });

  it('when a run fails, then onError hears it, nothing is tried again at once, and the next wake runs', async () => {
    const { worker, runs, errors, fail } = slowWorker();
    worker.wake();
    worker.wake();
    fail(new Error('the database is away'));
    await worker.idle();
    await breathe();
    expect(runs).to.have.length(1);
    expect(errors.map(String)).to.deep.equal(['Error: the database is away']);
    worker.wake();
    expect(runs).to.have.length(2);
  });

  it('when somebody waits for a run that fails, then they hear it and onError does not', async () => {
    const { worker, errors, fail } = slowWorker();
    const run = worker.run().catch(String);
    fail(new Error('the database is away'));
    expect(await run).to.equal('Error: the database is away');
    expect(errors).to.deep.equal([]);
  });

  it('when it is stopped during a run, then stop waits for that run and no other begins', async () => {
    const { worker, runs } = slowWorker();
    worker.wake();
    worker.wake();
    let isStopped = false;
    const stop = worker.stop().then(() => (isStopped = true));
    await breathe();
    expect([isStopped, worker.isStopping()]).to.deep.equal([false, true]);
    runs[0]?.();
    await stop;
    worker.wake();
    await worker.idle();
    expect(runs).to.have.length(1);
  });
});
