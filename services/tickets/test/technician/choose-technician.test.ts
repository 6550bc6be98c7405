import { expect } from 'chai';
import { chooseTechnician, type Need } from '../../src/technician/choose-technician.js';
import type { Technician } from '../../src/technician/technician.js';

const NOW = new Date('2026-03-02T10:00:00Z'); // a Monday, 11:00 in Rome

const buildTechnician = (id: string, overrides: Partial<Technician> = {}): Technician => ({
  id,
  version: 1,
  createdAt: NOW,
  updatedAt: NOW,
  userVersion: 1,
  active: true,
  skills: [],
  capacity: 5,
  places: [],
  free: true,
  ...overrides,
});
const places = (count: number) => Array.from({ length: count }, (_, index) => ({ ticketId: `ticket-${index}`, since: NOW }));
const holiday = (from: string, to: string) => ({ id: from, from: new Date(from), to: new Date(to), createdByUserId: 'a', createdAt: NOW });
const need = (overrides: Partial<Need> = {}): Need => ({
  category: 'NETWORK',
  regions: [],
  excluded: [],
  timeZone: 'Europe/Rome',
  now: NOW,
  ...overrides,
});

describe('the choice of a technician', () => {
  const filters: readonly (readonly [why: string, technician: Partial<Technician>, need: Partial<Need>, able: boolean])[] = [
    ['is active', {}, {}, true],
    ['is not active', { active: false }, {}, false],
    ['is full', { places: places(5) }, {}, false],
    ['has one place left', { places: places(4) }, {}, true],
    ['lacks the skill', { skills: ['HARDWARE'] }, {}, false],
    ['has the skill', { skills: ['HARDWARE', 'NETWORK'] }, {}, true],
    ['lacks the skill for a mere question', { skills: ['HARDWARE'] }, { category: 'QUESTION' }, true],
    ['lacks the skill for something else', { skills: ['HARDWARE'] }, { category: 'OTHER' }, true],
    ['is of another region', { region: 'Milano' }, { regions: ['Modena', 'MO', 'IT'] }, false],
    ['is of the region', { region: 'modena' }, { regions: ['Modena', 'MO', 'IT'] }, true],
    ['has a region and the customer none', { region: 'Milano' }, {}, true],
    ['has declined it', {}, { excluded: ['a'] }, false],
    ['is on duty', { availability: { monday: { start: '09:00', end: '17:00' } } }, {}, true],
    ['is on duty in the second half of the day only', { availability: { monday: [{ start: '14:00', end: '18:00' }] } }, {}, false],
    [
      'is at lunch',
      {
        availability: {
          monday: [
            { start: '08:00', end: '11:00' },
            { start: '12:00', end: '18:00' },
          ],
        },
      },
      {},
      false,
    ],
    ['is on holiday', { timeOff: [holiday('2026-03-01T23:00:00Z', '2026-03-02T23:00:00Z')] }, {}, false],
    ['is back from holiday this moment', { timeOff: [holiday('2026-03-01T23:00:00Z', '2026-03-02T10:00:00Z')] }, {}, true],
    ['begins a holiday this moment', { timeOff: [holiday('2026-03-02T10:00:00Z', '2026-03-02T23:00:00Z')] }, {}, false],
    ['goes on holiday later', { timeOff: [holiday('2026-03-02T10:00:01Z', '2026-03-02T23:00:00Z')] }, {}, true],
    ['has the day off', { availability: { tuesday: { start: '09:00', end: '17:00' } } }, {}, false],
    ['is on duty by UTC but not in the time zone', { availability: { monday: { start: '10:00', end: '11:00' } } }, {}, false],
    ['has set no hours', { availability: {} }, {}, true],
  ];
  for (const [why, technician, needed, able] of filters) {
    it(`when the only one ${why}, then ${able ? 'they are chosen' : 'nobody is'}`, () => {
      expect(chooseTechnician([buildTechnician('a', technician)], need(needed))?.technicianId).to.equal(able ? 'a' : undefined);
    });
  }

  const ranking: readonly (readonly [why: string, others: readonly Technician[], need: Partial<Need>, id: string, rule: string])[] = [
    [
      'one served the device',
      [buildTechnician('a'), buildTechnician('b', { places: places(4) })],
      { lastForAsset: 'b', lastForCustomer: 'a' },
      'b',
      'SERVED_DEVICE',
    ],
    [
      'one served the customer',
      [buildTechnician('a'), buildTechnician('b', { places: places(4) })],
      { lastForCustomer: 'b' },
      'b',
      'SERVED_CUSTOMER',
    ],
    [
      'who served the device is full',
      [buildTechnician('a'), buildTechnician('b', { places: places(5) })],
      { lastForAsset: 'b' },
      'a',
      'ONLY_CANDIDATE',
    ],
    [
      'one has less to do',
      [buildTechnician('a', { places: places(2) }), buildTechnician('b', { places: places(1) })],
      {},
      'b',
      'LEAST_LOADED',
    ],
    [
      'one is idle for longer',
      [buildTechnician('a', { lastAssignedAt: NOW }), buildTechnician('b', { lastAssignedAt: new Date(0) })],
      {},
      'b',
      'LONGEST_IDLE',
    ],
    ['one has never had any', [buildTechnician('a', { lastAssignedAt: NOW }), buildTechnician('b')], {}, 'b', 'LONGEST_IDLE'],
    ['all are alike', [buildTechnician('b'), buildTechnician('a')], {}, 'a', 'LOWEST_ID'],
  ];
  for (const [why, technicians, needed, id, rule] of ranking) {
    it(`when ${why}, then ${id} by ${rule}, in whatever order they are looked at`, () => {
      for (const order of [technicians, [...technicians].reverse()]) {
        const choice = chooseTechnician(order, need(needed));
        expect([choice?.technicianId, choice?.reason.rule]).to.deep.equal([id, rule]);
      }
    });
  }

  it('when nobody is there, then nobody', () => {
    expect(chooseTechnician([], need())).to.equal(undefined);
  });
});
