import { expect } from 'chai';
import { nextMorning, quietUntil } from '../src/moment/local-times.js';

const NIGHT = { from: '22:00', to: '07:00' };
const ROME = 'Europe/Rome';

describe('times of the wall clock', () => {
  const until = (moment: string, quiet = NIGHT, zone = ROME) => quietUntil(new Date(moment), quiet, zone)?.toISOString();

  it('when the hours go over midnight, then before and after it they are quiet, and by day not', () => {
    expect(until('2026-03-02T20:59:00Z')).to.equal(undefined);
    expect(until('2026-03-02T21:00:00Z')).to.equal('2026-03-03T06:00:00.000Z');
    expect(until('2026-03-03T05:59:59Z')).to.equal('2026-03-03T06:00:00.000Z');
    expect(until('2026-03-03T06:00:00Z')).to.equal(undefined);
  });

  it('when the hours are by day, then they end the same day', () => {
    expect(until('2026-03-02T12:30:00Z', { from: '13:00', to: '15:00' })).to.equal('2026-03-02T14:00:00.000Z');
    expect(until('2026-03-02T14:00:00Z', { from: '13:00', to: '15:00' })).to.equal(undefined);
  });

  it('when the clocks change in the night, then the end is by the new time', () => {
    expect(until('2026-03-28T22:00:00Z')).to.equal('2026-03-29T05:00:00.000Z');
    expect(until('2026-10-24T22:00:00Z')).to.equal('2026-10-25T06:00:00.000Z');
  });

  it('when the clocks pass over the end, then it is the first time after it', () => {
    const quiet = { from: '22:00', to: '02:30' };
    expect(until('2026-03-29T00:30:00Z', quiet)).to.equal('2026-03-29T01:30:00.000Z');
    expect(until('2026-03-29T02:00:00Z', quiet)).to.equal(undefined);
  });

  it('when the hour of the end comes twice, then nothing waits for ever or into the past', () => {
    const quiet = { from: '22:00', to: '02:30' };
    const [first, second] = ['2026-10-25T00:15:00Z', '2026-10-25T01:15:00Z'];
    for (const moment of [first, second]) {
      const end = quietUntil(new Date(moment), quiet, ROME);
      expect(end === undefined || (end > new Date(moment) && end.getTime() - Date.parse(moment) <= 75 * 60_000)).to.equal(true);
    }
  });

  it('when the clocks change before the morning, then eight is eight', () => {
    const morning = (moment: string) => nextMorning(new Date(moment), ROME).toISOString();
    expect(morning('2026-03-28T12:00:00Z')).to.equal('2026-03-29T06:00:00.000Z');
    expect(morning('2026-10-24T12:00:00Z')).to.equal('2026-10-25T07:00:00.000Z');
    expect(morning('2026-03-02T06:59:59Z')).to.equal('2026-03-02T07:00:00.000Z');
    expect(morning('2026-03-02T07:00:00Z')).to.equal('2026-03-03T07:00:00.000Z');
  });
});
