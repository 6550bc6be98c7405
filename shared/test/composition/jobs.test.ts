import { expect } from 'chai';
import { pino } from 'pino';
import type { Lease } from '../../src/persistence/lease.js';
import { currentContext } from '../../src/runtime/context.js';
import { createScheduler, type Scheduler } from '../../src/composition/jobs.js';
import { eventually } from '../../src/testing/eventually.js';
import { captureLog } from '../log-capture.js';

const EVERY_SECOND = '* * * * * *';

/** A lease as one database gives it to several instances: whoever asks first. */
const sharedLease = (): Lease => {
  const held = new Set<string>();
  return {
    hold: async (name, _ttlMs, work) => {
      if (held.has(name)) return false;
      held.add(name);
      await work().finally(() => held.delete(name));
      return true;
    },
  };
};

describe('jobs', () => {
  const schedulers: Scheduler[] = [];
  afterEach(() => Promise.all(schedulers.splice(0).map((scheduler) => scheduler.stop())));

  const start = (run: () => Promise<void>, { lease = sharedLease(), log = pino({ level: 'silent' }) } = {}): Scheduler => {
    const scheduler = createScheduler({ jobs: [{ name: 'sweep', cron: EVERY_SECOND, run }], lease, log });
    schedulers.push(scheduler);
    scheduler.start();
    return scheduler;
  };

  it('when the clock says so, then it runs, in a context of its own', async () => {
    const requestIds: (string | undefined)[] = [];
    start(async () => void requestIds.push(await Promise.resolve(currentContext()?.requestId)));
    await eventually(() => requestIds.length > 0);
    expect(requestIds[0]).to.match(/^[0-9a-f-]{36}$/);
  });

  it('when two instances have it, then one run at a time', async () => {
    const lease = sharedLease();
    let running = 0;
    let most = 0;
    let runs = 0;
    let release: (() => void) | undefined;
    const run = async (): Promise<void> => {
      most = Math.max(most, ++running);
      runs++;
      await new Promise<void>((resolve) => (release = resolve));
      running--;
    };
    start(run, { lease });
    start(run, { lease });
    await eventually(() => runs === 1);
    release?.();
    await eventually(() => runs === 2);
    release?.();
    expect(most).to.equal(1);
  });

  it('when a run fails, then it is logged and the next one comes', async () => {
    const capture = captureLog();
    let runs = 0;
    start(() => (++runs === 1 ? Promise.reject(new Error('no luck')) : Promise.resolve()), { log: capture.log });
    await eventually(() => runs > 1);
    expect(capture.lines.find(({ msg }) => msg === 'job failed')).to.include({ job: 'sweep' });
  });

  it('when stopped, then the run under way ends first and no other begins', async () => {
    let begun = false;
    let ended = false;
    let release: (() => void) | undefined;
    const scheduler = start(async () => {
      begun = true;
      await new Promise<void>((resolve) => (release = resolve));
      ended = true;
    });
    await eventually(() => begun);
    const stopped = scheduler.stop();
    release?.();
    await stopped;
    expect(ended).to.equal(true);
  });

  it('when a run hangs, then stop() does not wait for ever, and says so', async () => {
    const capture = captureLog();
    let begun = false;
    const hang = (): Promise<void> => {
      begun = true;
      return new Promise(() => undefined);
    };
    const scheduler = createScheduler({
      jobs: [{ name: 'hangs', cron: EVERY_SECOND, run: hang }],
      lease: sharedLease(),
      log: capture.log,
      stopMs: 20,
    });
    scheduler.start();
    await eventually(() => begun);
    await scheduler.stop();
    expect(capture.lines.map(({ msg }) => msg)).to.include('a job still runs, it will run again');
  });
});
