import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '@riparo/shared/config/load-config';
import { expect } from 'chai';
import { pino } from 'pino';
import { allInOneKeys } from '../src/config.js';
import { dayOf, daysUntil, later } from '../src/demo/days.js';
import { createDice } from '../src/demo/dice.js';
import { play, type Story } from '../src/demo/play.js';
import { DemoRefused, MARKER, prepareDemo, refuseIncomplete } from '../src/demo/prepare-demo.js';

describe('the demo', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'riparo-demo-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  const refusalOf = async (work: Promise<void>): Promise<string> => {
    try {
      await work;
    } catch (error) {
      if (error instanceof DemoRefused) return error.message;
      throw error;
    }
    return 'not refused';
  };
  const prepare = (env: Readonly<Record<string, string>> = {}): Promise<void> =>
    prepareDemo({
      config: loadConfig(allInOneKeys, { DATA_DIR: directory, ...env }),
      log: pino({ level: 'silent' }),
      say: () => undefined,
    });

  it('when the installation holds data, then it is refused and nothing is touched', async () => {
    await writeFile(join(directory, 'internal-secret'), 'kept');
    expect(await refusalOf(prepare()))
      .to.contain('needs an empty installation')
      .and.contain(directory);
    expect(await readdir(directory)).to.deep.equal(['internal-secret']);
  });

  it('when a database or a broker is configured, then it is refused', async () => {
    expect(await refusalOf(prepare({ MONGO_URL: 'mongodb://db.example:27017' }))).to.contain('unset MONGO_URL');
    expect(await refusalOf(prepare({ AMQP_URL: 'amqp://broker.example' }))).to.contain('unset AMQP_URL');
    expect(await readdir(directory)).to.deep.equal([]);
  });

  it('when a filling was cut off, then every start says so and how to begin anew', async () => {
    await writeFile(join(directory, MARKER), '');
    for (const start of [() => prepare(), () => refuseIncomplete({ DATA_DIR: directory })])
      expect(await refusalOf(start()))
        .to.contain('incomplete')
        .and.contain(`Delete ${directory}`);
  });

  it('when there is no data directory yet, then a usual start is not kept from it', async () => {
    expect(await refusalOf(refuseIncomplete({ DATA_DIR: join(directory, 'missing') }))).to.equal('not refused');
  });

  it('when dice have the same seed, then they fall the same way', () => {
    const throws = (seed: number): readonly number[] => {
      const dice = createDice(seed);
      return Array.from({ length: 50 }, () => dice.between(1, 6));
    };
    expect(throws(7)).to.deep.equal(throws(7));
    expect(throws(7)).not.to.deep.equal(throws(8));
    expect(new Set(throws(7))).to.have.lengthOf(6);
  });

  it('when working minutes pass, then nights and weekends do not count', () => {
    // A Friday at five in the afternoon in Rome.
    const friday = new Date('2026-03-06T16:00:00Z');
    expect(later(friday, 30).toISOString()).to.equal('2026-03-06T16:30:00.000Z');
    expect(later(friday, 90).toISOString()).to.equal('2026-03-09T08:30:00.000Z');
  });

  it('when days are counted, then history ends before today and holds working days only', () => {
    const { work, coming } = daysUntil(new Date('2026-03-04T12:00:00Z'));
    expect([work.at(-1), coming[0]]).to.deep.equal(['2026-03-03', '2026-03-05']);
    expect(work).to.have.lengthOf(65);
    expect(dayOf(new Date('2026-03-03T23:30:00Z'))).to.equal('2026-03-04');
  });

  it('when stories are played, then their steps go by the clock and what comes after the end stays open', async () => {
    const seen: string[] = [];
    const tell = async function* (name: string, hours: readonly number[]): Story {
      for (const hour of hours) {
        yield new Date(Date.UTC(2026, 2, 4, hour));
        seen.push(`${name}${hour}`);
        await Promise.resolve();
      }
    };
    const stories = [tell('a', [9, 12, 20]), tell('b', [10, 11])];
    await play({ stories, until: new Date(Date.UTC(2026, 2, 4, 18)), turnTo: () => undefined, settle: () => Promise.resolve() });
    expect(seen).to.deep.equal(['a9', 'b10', 'b11', 'a12']);
  });
});
