import type { Role } from '@riparo/shared/contracts/roles';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { startBench, type Bench, type Person } from '../bench.js';
import { startDesk, type Desk } from './life.js';

type Method = 'get' | 'post' | 'put' | 'patch';

const ID = randomUUID();
/** Every door to one repair, with a body that is right in itself. */
const DOORS: readonly (readonly [Method, path: string, body?: object])[] = [
  ['get', ''],
  ['get', '/status'],
  ['get', '/activities'],
  ['put', '', { notes: 'x' }],
  ['patch', '/status', { status: 'IN_PROGRESS' }],
  ['post', '/take'],
  ['post', '/assign', { technicianId: null }],
  ['post', '/cancel', {}],
  ['post', '/complete', { description: 'x', amount: 1 }],
  ['post', '/refuse', { reason: 'x' }],
  ['post', '/ready'],
  ['post', '/payment', { method: 'CASH', amount: 1 }],
  ['post', '/waive', { reason: 'x' }],
  ['post', '/collect', { collectedBy: 'x' }],
  ['post', '/reply', { body: 'x' }],
  ['post', '/notes', { body: 'x' }],
];
const READ = ['get ', 'get /status', 'get /activities'];

/** The doors a role has; behind every other one it is told 403, whatever it asks about. */
const MAY: Readonly<Record<Role, readonly string[]>> = {
  CUSTOMER_USER: [...READ, 'post /cancel', 'post /reply'],
  CUSTOMER_ADMIN: [...READ, 'post /cancel', 'post /reply'],
  TECH: [...READ, 'put ', 'patch /status', 'post /take', 'post /complete', 'post /refuse', 'post /reply', 'post /notes'],
  ENGINEER: [...READ, 'put ', 'patch /status', 'post /take', 'post /complete', 'post /refuse', 'post /reply', 'post /notes'],
  AGENT: [],
  ADMIN: [],
  SUPER_ADMIN: [],
};
const DESK = [
  ...READ,
  'put ',
  'patch /status',
  'post /assign',
  'post /cancel',
  'post /ready',
  'post /payment',
  'post /waive',
  'post /collect',
  'post /reply',
  'post /notes',
];
const doorsOf = (role: Role): readonly string[] => (MAY[role].length === 0 ? DESK : MAY[role]);

describe('whose repairs there are', () => {
  let bench: Bench;
  let desk: Desk;
  let id: string;
  before(async () => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z' });
    desk = await startDesk(bench);
    id = await desk.repairIn('PENDING');
  });
  after(() => bench.stop());

  const knock = async ([method, path, body]: (typeof DOORS)[number], subject: string, by?: Person) => {
    const url = `/repairs/${subject}${path}`;
    const answer = method === 'get' ? await bench.api.get(url, by) : await bench.api[method](url, body, by);
    return [answer.status, answer.body.code] as const;
  };
  const expectedOf = (role: Role, door: string, missing: readonly [number, string] = [404, 'REPAIR_NOT_FOUND']) =>
    doorsOf(role).includes(door) ? missing : [403, 'FORBIDDEN'];

  const foreign: readonly (readonly [what: string, role: Role, person: () => Promise<Person> | Person, subject: () => string])[] = [
    ["another customer's", 'CUSTOMER_USER', () => bench.customer(), () => id],
    ["another customer's", 'CUSTOMER_ADMIN', () => bench.person('CUSTOMER_ADMIN', { customerId: randomUUID() }), () => id],
    ["another technician's", 'TECH', () => bench.technician(), () => id],
    ["another technician's", 'ENGINEER', () => bench.technician({ role: 'ENGINEER' }), () => id],
    ['of nobody', 'CUSTOMER_USER', () => desk.rosa, () => ID],
    ['of nobody', 'TECH', () => desk.elena, () => ID],
    ['of nobody', 'AGENT', () => desk.agent, () => ID],
    ["another tenant's", 'AGENT', () => bench.person('AGENT', { tenantId: 'another' }), () => id],
    ["another tenant's", 'ADMIN', () => bench.person('ADMIN', { tenantId: 'another' }), () => id],
    ["another tenant's", 'SUPER_ADMIN', () => bench.person('SUPER_ADMIN', { tenantId: 'another' }), () => id],
    ["another tenant's", 'TECH', () => bench.person('TECH', { tenantId: 'another', userId: desk.elena.caller.userId }), () => id],
    ['not an id', 'AGENT', () => desk.agent, () => 'REP-2026-000001'],
  ];
  for (const [what, role, person, subject] of foreign) {
    it(`when a ${role} asks for a repair ${what}, then behind every door it is not there`, async () => {
      const by = await person();
      const { version } = await desk.read(id);
      for (const door of DOORS) {
        const name = `${door[0]} ${door[1]}`;
        // Who comes second is told that they came second, instead of looking for what they saw a moment ago.
        const taken = name === 'post /take' && what === "another technician's";
        const [status, code] = await knock(door, subject(), by);
        const [wanted, wantedCode] = expectedOf(role, name, taken ? [409, 'REPAIR_ALREADY_ASSIGNED'] : undefined);
        expect(status, name).to.equal(wanted);
        if (subject() === id || subject() === ID) expect(code, name).to.equal(wantedCode);
      }
      expect((await desk.read(id)).version).to.equal(version);
    });
  }

  it('when nobody is signed in, then 401 behind every door', async () => {
    for (const door of DOORS) expect((await knock(door, id))[0], door[1]).to.equal(401);
    expect((await bench.api.get('/repairs')).status).to.equal(401);
  });

  it('when it lies in the queue, then technicians read and write, and take it before they do more', async () => {
    const queued = await desk.repairIn('PENDING', { holder: null });
    const marco = await bench.technician();
    for (const door of DOORS) {
      const name = `${door[0]} ${door[1]}`;
      if (name === 'post /take') continue;
      const own = [...READ, 'post /reply', 'post /notes'].includes(name);
      const [status, code] = await knock(door, queued, marco);
      if (own) expect(status, name).to.be.oneOf([200, 201]);
      else expect([status, code], name).to.deep.equal(expectedOf('TECH', name, [403, 'REPAIR_NOT_ASSIGNED_TO_YOU']));
    }
  });
});
