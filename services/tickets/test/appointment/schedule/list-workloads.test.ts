import { expect } from 'chai';
import { at, booked, MONDAY } from '../appointment.builder.js';
import { buildUser, startBench, type Bench, type Person } from '../../bench.js';
import { opened } from '../../repair/repair.builder.js';

interface WorkloadView {
  readonly technician: { readonly id: string; readonly name: string };
  readonly oldestItem?: { readonly id: string };
  readonly [field: string]: unknown;
}

describe('GET /workloads', () => {
  let bench: Bench;
  let rosa: Person;
  let agent: Person;
  beforeEach(async () => {
    bench = await startBench({ now: MONDAY, env: { TECHNICIAN_CAPACITY: '4' } });
    [rosa, agent] = [await bench.customer(), bench.person('AGENT')];
  });
  afterEach(() => bench.stop());

  const ask = async (query = ''): Promise<readonly WorkloadView[]> =>
    (await bench.api.get<WorkloadView[]>(`/workloads${query}`, agent)).body.data;

  it('when somebody has work, then how much, and since when', async () => {
    const elena = await bench.technician({
      name: 'Elena',
      availability: {
        monday: { start: '09:00', end: '17:00' },
        tuesday: { start: '09:00', end: '17:00' },
        sunday: { start: '09:00', end: '17:00' },
      },
    });
    const first = await bench.open(rosa);
    bench.test.clock.advance(1_000);
    const second = await bench.open(rosa);
    await booked(bench, agent, first, at('2026-03-02', '16:00'));
    await booked(bench, agent, first, at('2026-03-03', '10:00'));
    const off = await booked(bench, agent, second, at('2026-03-03', '12:00'));
    await bench.api.patch(`/appointments/${off.id}`, { status: 'CANCELLED' }, agent);
    await booked(bench, agent, second, at('2026-03-09', '10:00'));
    const [workload] = await ask();
    expect(workload).to.deep.include({
      technician: { id: elena.user.id, name: 'Elena' },
      openTickets: 2,
      openRepairs: 0,
      appointmentsToday: 1,
      appointmentsThisWeek: 2,
      capacity: 4,
      placesUsed: 2,
      onDuty: true,
      onTimeOff: false,
    });
    expect(workload?.oldestItem).to.include({ kind: 'TICKET', id: first.id, number: first.ticketNumber });
  });

  it('when somebody has repairs, then they count until the work ends, and the oldest comes first', async () => {
    const elena = await bench.technician();
    const [first, second] = [await opened(bench, rosa), await opened(bench, rosa)];
    for (const { id } of [first, second]) expect((await bench.api.post(`/repairs/${id}/take`, {}, elena)).status).to.equal(200);
    bench.test.clock.advance(1_000);
    const ticket = await bench.open(rosa);
    expect((await ask())[0]).to.include({ openTickets: 1, openRepairs: 2 });
    expect((await ask())[0]?.oldestItem).to.include({ kind: 'REPAIR', id: first.id, number: first.number, title: 'Lenovo ThinkPad T14' });
    for (const { id } of [first, second]) {
      const done = await bench.api.post(`/repairs/${id}/complete`, { description: 'New fan', amount: 4_990 }, elena);
      expect(done.status, done.text).to.equal(200);
    }
    expect((await ask())[0]).to.include({ openTickets: 1, openRepairs: 0 });
    expect((await ask())[0]?.oldestItem).to.include({ kind: 'TICKET', id: ticket.id });
  });

  it('when somebody is away or has nothing to do, then it says so', async () => {
    const elena = await bench.technician();
    await bench.api.post(`/schedules/${elena.user.id}/time-off`, { from: '2026-03-02', to: '2026-03-02' }, agent);
    const [workload] = await ask();
    expect(workload).to.deep.include({ openTickets: 0, appointmentsThisWeek: 0, onDuty: false, onTimeOff: true });
    expect(workload).not.to.have.property('oldestItem');
  });

  it('when it is Monday in Rome and still Sunday in UTC, then the week is the one that has begun', async () => {
    bench.test.clock.set('2026-03-01T23:30:00Z');
    await bench.technician();
    await booked(bench, agent, await bench.open(rosa), at('2026-03-06', '10:00'));
    expect((await ask())[0]).to.include({ appointmentsToday: 0, appointmentsThisWeek: 1 });
  });

  it('when there are many, then page by page, and without those who have left', async () => {
    const people = await Promise.all([1, 2, 3].map(() => bench.technician()));
    await bench.technician(buildUser({ status: 'DISABLED' }));
    const pages = [await ask('?pageSize=2'), await ask('?pageSize=2&page=2')];
    expect(pages.map((page) => page.length)).to.deep.equal([2, 1]);
    expect(pages.flat().map(({ technician }) => technician.id)).to.have.members(people.map(({ user }) => user.id));
  });

  it('when a technician or a customer asks, then 403; nobody, then 401; wrong fields, then 422', async () => {
    for (const by of [await bench.technician(), rosa]) expect((await bench.api.get('/workloads', by)).status).to.equal(403);
    expect((await bench.api.get('/workloads')).status).to.equal(401);
    expect((await bench.api.get('/workloads?pageSize=101&sort=name', agent)).body.errors.map(({ path }) => path)).to.have.members([
      'pageSize',
      'sort',
    ]);
  });

  it('when counted, then from indexes alone', async () => {
    await bench.technician();
    const { connection } = bench.test.platform;
    const questions = [
      ['tickets', { tenantId: 'default', deletedAt: { $exists: false }, holder: 'a', active: true }, { createdAt: 1, _id: 1 }],
      [
        'repairs',
        { tenantId: 'default', deletedAt: { $exists: false }, holder: 'a', active: true, status: { $in: ['PENDING', 'IN_PROGRESS'] } },
        { createdAt: 1, _id: 1 },
      ],
      [
        'appointments',
        { tenantId: 'default', deletedAt: { $exists: false }, diary: 'a', scheduledStartAt: { $gte: new Date(0) } },
        { scheduledStartAt: 1, _id: 1 },
      ],
      ['technicians', { tenantId: 'default', deletedAt: { $exists: false }, active: true }, { _id: 1 }],
    ] as const;
    for (const [name, filter, sort] of questions) {
      const plan = JSON.stringify(await connection.collection(name).find(filter).sort(sort).explain());
      expect(plan, name).to.include('IXSCAN').and.not.include('COLLSCAN').and.not.include('"SORT"');
    }
  });
});
