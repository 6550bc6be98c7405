import { MINUTE_MS } from '@riparo/shared/time/units';
import { expect } from 'chai';
import { freeStarts, refusalOf, slotsOf } from '../../../src/appointment/slot/free-slots.js';
import type { Diary, SlotRules, Travel, Booking, WantedSlot } from '../../../src/appointment/slot/slot.js';

const at = (clock: string): number => Date.parse(`2026-03-02T${clock}:00Z`);
const RULES: SlotRules = { timeZone: 'UTC', bufferMinutes: 30, noticeMinutes: 60, dailyCap: 3, stepMinutes: 15 };
const NOW = at('07:00');
const WINDOW = { from: at('00:00'), to: at('23:59') };
const fortyMinutes: Travel = () => 40;
const hundredMinutes: Travel = () => 100;

const buildVisit = (from: string, to: string, overrides: Partial<Booking> = {}): Booking => ({
  id: from,
  from: at(from),
  to: at(to),
  type: 'REMOTE_SESSION',
  ...overrides,
});
const buildDiary = (visits: readonly Booking[] = [], open = [{ from: at('08:00'), to: at('12:00') }]): Diary => ({
  technicianId: 'elena',
  open,
  bookings: visits,
});
const remote: WantedSlot = { type: 'REMOTE_SESSION', minutes: 60 };
const onSite: WantedSlot = { type: 'ONSITE_VISIT', minutes: 60, place: { key: 'home' } };
const site = (from: string, to: string, key = 'office'): Booking => buildVisit(from, to, { type: 'ONSITE_VISIT', place: { key } });

const clocks = (diary: Diary, wanted: WantedSlot, travel: Travel = fortyMinutes, rules = RULES): readonly string[] =>
  slotsOf(diary, wanted, WINDOW, rules, travel, NOW).map(({ from }) => new Date(from).toISOString().slice(11, 16));

describe('slots of a day', () => {
  it('when nothing is booked, then from opening until the last that ends in time', () => {
    const found = clocks(buildDiary(), remote);
    expect([found[0], found.at(-1), found.length]).to.deep.equal(['08:00', '11:00', 13]);
  });

  it('when the open time begins off the grid, then the first slot is the next on it', () => {
    expect(clocks(buildDiary([], [{ from: at('08:05'), to: at('09:20') }]), remote)).to.deep.equal(['08:15']);
  });

  it('when a remote session is booked, then others may touch it', () => {
    expect(clocks(buildDiary([buildVisit('09:00', '11:00')]), remote)).to.deep.equal(['08:00', '11:00']);
  });

  it('when an on-site visit is booked, then its buffer is kept on both sides', () => {
    const wide = [{ from: at('08:00'), to: at('18:00') }];
    const found = clocks(buildDiary([site('10:00', '11:00')], wide), remote);
    expect(found).to.include.members(['08:30', '11:30']).and.not.include('08:45').and.not.include('11:15');
  });

  it('when both are on site, then both buffers count, even at one place', () => {
    const wide = [{ from: at('08:00'), to: at('18:00') }];
    const found = clocks(buildDiary([site('10:00', '11:00', 'home')], wide), onSite);
    expect([found[0], found[1]]).to.deep.equal(['08:00', '12:00']);
  });

  it('when the way takes longer than the buffers, then the way counts', () => {
    const wide = [{ from: at('08:00'), to: at('18:00') }];
    expect(clocks(buildDiary([site('10:00', '11:00')], wide), onSite, hundredMinutes)[0]).to.equal('12:45');
  });

  it('when a remote session would take the time for the way between two visits, then it is not offered', () => {
    const wide = [{ from: at('08:00'), to: at('18:00') }];
    const diary = buildDiary([site('08:00', '09:00', 'a'), site('11:20', '12:00', 'b')], wide);
    const short: WantedSlot = { type: 'REMOTE_SESSION', minutes: 45 };
    expect(clocks(diary, short, fortyMinutes)[0]).to.equal('09:30');
    expect(clocks(diary, short, hundredMinutes)[0]).to.equal('12:30');
  });

  it('when a remote session lies on the way, then its time does not count as travelled', () => {
    const wide = [{ from: at('08:00'), to: at('18:00') }];
    const diary = buildDiary([site('08:00', '09:00'), buildVisit('09:30', '10:00')], wide);
    expect(clocks(diary, onSite, hundredMinutes)[0]).to.equal('11:15');
    const reverse = buildDiary([site('17:00', '18:00'), buildVisit('15:30', '16:00')], wide);
    expect(clocks(reverse, onSite, hundredMinutes).at(-1)).to.equal('13:45');
  });

  it('when the duration fits no open interval or is none, then nothing', () => {
    for (const minutes of [241, 0, -60, NaN]) expect(clocks(buildDiary(), { ...remote, minutes })).to.deep.equal([]);
  });

  it('when the window has no length, then nothing', () => {
    const empty = { from: at('09:00'), to: at('09:00') };
    expect(freeStarts(buildDiary(), remote, empty, RULES, fortyMinutes, NOW)).to.deep.equal([]);
  });

  it('when the appointment itself is moved, then it neither stands in the way nor counts', () => {
    const visits = [buildVisit('08:00', '09:00'), buildVisit('09:00', '10:00'), buildVisit('10:00', '11:00')];
    expect(clocks(buildDiary(visits), remote)).to.deep.equal([]);
    expect(clocks(buildDiary(visits), { ...remote, movingId: '09:00' })).to.include('09:00');
  });
});

describe('the refusal of a time', () => {
  const wide = [
    { from: at('06:00'), to: at('12:00') },
    { from: at('12:00'), to: at('18:00') },
  ];
  const refusal = (from: string, to: string, visits: readonly Booking[] = [], wanted = onSite) =>
    refusalOf(buildDiary(visits, wide), wanted, { from: at(from), to: at(to) }, RULES, hundredMinutes, NOW);

  const full = [buildVisit('09:00', '09:30'), buildVisit('09:30', '10:00'), buildVisit('10:00', '10:30')];
  for (const [what, given, expected] of [
    ['it is free', refusal('11:30', '12:30'), undefined],
    ['it lies outside the hours', refusal('17:30', '18:30'), 'OUTSIDE_HOURS'],
    ['it ends before it begins', refusal('12:00', '11:00'), 'OUTSIDE_HOURS'],
    ['it has no length', refusal('11:00', '11:00'), 'OUTSIDE_HOURS'],
    ['it is too soon', refusal('07:30', '08:30'), 'TOO_SOON'],
    ['it has passed', refusal('06:00', '07:00'), 'TOO_SOON'],
    ['something else is there', refusal('11:00', '12:00', [buildVisit('11:59', '13:00')]), 'TAKEN'],
    ['the day has its fill', refusal('12:00', '13:00', full, remote), 'DAY_FULL'],
    ['there is no time for the way', refusal('12:30', '13:30', [site('10:00', '11:00')]), 'NO_TIME_TO_TRAVEL'],
  ] as const) {
    it(`when ${what}, then ${expected ?? 'none'}`, () => {
      expect(given).to.equal(expected);
    });
  }

  it('when the time is no time, then OUTSIDE_HOURS', () => {
    const never = { from: NaN, to: NaN + MINUTE_MS };
    expect(refusalOf(buildDiary(), remote, never, RULES, fortyMinutes, NOW)).to.equal('OUTSIDE_HOURS');
  });
});
