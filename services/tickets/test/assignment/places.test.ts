import { UserUpdated } from '@riparo/shared/contracts/auth.events';
import { eventually } from '@riparo/shared/testing/eventually';
import { createTestPlatform, type TestPlatform } from '@riparo/shared/testing/test-platform';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { createTicketsService } from '../../src/service.js';
import { createTechnicians } from '../../src/technician/technician.repository.js';
import { buildTicket, buildUser, startBench, type Bench, type Person, type TicketView, ticketsConfig } from '../bench.js';

const CONFIG = ticketsConfig({ TECHNICIAN_CAPACITY: '2' });

describe('the places of technicians', () => {
  let bench: Bench;
  let rosa: Person;
  let agent: Person;
  beforeEach(async () => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z', env: { TECHNICIAN_CAPACITY: '2' } });
    [rosa, agent] = [await bench.customer(), bench.person('AGENT')];
  });
  afterEach(() => bench.stop());

  /** Another instance of the service over the same database. */
  const secondInstance = async (): Promise<TestPlatform> => {
    const { connection } = bench.test.platform;
    return createTestPlatform({ service: 'tickets', connection, tokens: bench.test.tokens, clock: bench.test.clock });
  };
  const holderOf = async (id: string): Promise<string | undefined> => (await bench.read(agent, id)).assignedToUserId;

  it('when two instances open tickets at once, then nobody is overloaded and no number is missing', async () => {
    const technicians = [await bench.technician(), await bench.technician(), await bench.technician()];
    const other = await secondInstance();
    const { api } = await other.startService((platform) => createTicketsService(platform, CONFIG));
    const open = (index: number) => (index % 2 === 0 ? bench.api : api).post<TicketView>('/tickets', buildTicket(), rosa);
    const answers = await Promise.all(Array.from({ length: 30 }, (_, index) => open(index)));
    expect(answers.filter(({ status }) => status !== 201).map(({ text }) => text)).to.deep.equal([]);
    const tickets = answers.map(({ body }) => body.data);
    const loads = technicians.map(({ user }) => tickets.filter(({ assignedToUserId }) => assignedToUserId === user.id).length);
    expect(loads).to.deep.equal([2, 2, 2]);
    const numbers = tickets.map(({ ticketNumber }) => Number(ticketNumber.split('-')[2])).sort((a, b) => a - b);
    expect(numbers).to.deep.equal(Array.from({ length: 30 }, (_, index) => index + 1));
    await other.stop();
  });

  it('when a crash left a place without a ticket, then the next start frees it for what waits', async () => {
    const elena = await bench.technician();
    const places = createTechnicians(bench.test.platform).in('default');
    await places.update(elena.user.id, (before) => ({
      state: { ...before, free: false, places: ['a', 'b'].map((ticketId) => ({ ticketId, since: bench.test.clock.now() })) },
    }));
    const { id } = await bench.open(rosa);
    expect(await holderOf(id)).to.equal(undefined);
    bench.test.clock.advance(3 * 60_000);
    const other = await secondInstance();
    await other.startService((platform) => createTicketsService(platform, CONFIG));
    expect(await holderOf(id)).to.equal(elena.user.id);
    await other.stop();
  });

  it('when a crash has left a ticket without its place, then the next start takes it', async () => {
    const elena = await bench.technician();
    await bench.open(rosa);
    const places = createTechnicians(bench.test.platform).in('default');
    await places.update(elena.user.id, (before) => ({ state: { ...before, free: true, places: [] } }));
    const other = await secondInstance();
    await other.startService((platform) => createTicketsService(platform, CONFIG));
    expect((await places.find(elena.user.id))?.places).to.have.length(1);
    await other.stop();
  });

  it('when the capacity is configured anew, then it holds after the next start', async () => {
    const elena = await bench.technician();
    const opened = await Promise.all([1, 2, 3].map(() => bench.open(rosa)));
    const other = await secondInstance();
    await other.startService((platform) => createTicketsService(platform, { ...CONFIG, TECHNICIAN_CAPACITY: 3 }));
    for (const { id } of opened) expect(await holderOf(id)).to.equal(elena.user.id);
    await other.stop();
  });

  for (const [what, change] of [
    ['disabled', { status: 'DISABLED' }],
    ['removed', { removed: true }],
    ['made an agent', { role: 'AGENT' }],
  ] as const) {
    it(`when a technician is ${what}, then their tickets go to the others, also when it is told twice`, async () => {
      const elena = await bench.technician();
      const { id } = await bench.open(rosa);
      const marco = await bench.technician();
      const gone = buildUser({ ...elena.user, ...change });
      for (let times = 0; times < 2; times++) await bench.test.publish(UserUpdated, { user: gone }, { subject: gone.id, version: 2 });
      await eventually(async () => (await holderOf(id)) === marco.user.id);
      const activities = (await bench.read(agent, id)).activities.filter(({ type }) => type === 'ASSIGNMENT');
      expect(activities).to.have.length(3);
    });
  }

  it('when somebody who never was a technician is told of, then no place is made for them', async () => {
    const user = buildUser({ id: randomUUID(), role: 'ADMIN' });
    await bench.test.publish(UserUpdated, { user }, { subject: user.id });
    expect(await createTechnicians(bench.test.platform).in('default').count({})).to.equal(0);
  });
});
