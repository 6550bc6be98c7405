import { expect } from 'chai';
import { at, booked, MONDAY, type AppointmentView } from './appointment.builder.js';
import { startBench, type Bench, type Person, type TicketView } from '../bench.js';

describe('GET /appointments', () => {
  let bench: Bench;
  let rosa: Person;
  let agent: Person;
  let elena: Awaited<ReturnType<Bench['technician']>>;
  let ticket: TicketView;
  let [first, second]: AppointmentView[] = [];
  before(async () => {
    bench = await startBench({ now: MONDAY });
    [rosa, agent, elena] = [await bench.customer(), bench.person('AGENT'), await bench.technician()];
    ticket = await bench.open(rosa);
    first = await booked(bench, rosa, ticket);
    second = await booked(bench, agent, ticket, { type: 'DROP_OFF', technicianId: elena.user.id, ...at('2026-03-04', '10:00') });
    await bench.api.patch(`/appointments/${second.id}`, { status: 'CANCELLED' }, agent);
    const other = await bench.customer();
    const marco = await bench.technician({ skills: ['NETWORK'] });
    await booked(bench, agent, await bench.open(other), { technicianId: marco.user.id });
  });
  after(() => bench.stop());

  const ids = async (by: Person, query = ''): Promise<readonly string[]> => {
    const { status, body, text } = await bench.api.get<AppointmentView[]>(`/appointments${query}`, by);
    expect(status, text).to.equal(200);
    return body.data.map(({ id }) => id);
  };

  it("when a customer or a technician asks, then theirs, latest first; the desk everybody's", async () => {
    const [one, two] = [first?.id, second?.id];
    expect(await ids(rosa)).to.deep.equal([two, one]);
    expect(await ids(elena, '?sort=scheduledStartAt')).to.deep.equal([one, two]);
    expect(await ids(agent)).to.have.length(3);
    expect(await ids(bench.person('ENGINEER'))).to.deep.equal([]);
  });

  it('when filtered, then only what fits, and no filter widens what they may see', async () => {
    const [one, two] = [first?.id as string, second?.id as string];
    const expected: Readonly<Record<string, readonly string[]>> = {
      'status=SCHEDULED': [one],
      'status=CANCELLED': [two],
      'type=DROP_OFF': [two],
      [`ticketId=${ticket.id}`]: [two, one],
      'from=2026-03-04T00:00:00Z': [two],
      'to=2026-03-04T00:00:00Z': [one],
      [`technicianId=${elena.user.id}&status=SCHEDULED`]: [one],
      [`customerId=${ticket.customerId as string}`]: [two, one],
    };
    for (const [query, found] of Object.entries(expected)) expect(await ids(rosa, `?${query}`), query).to.deep.equal(found);
    const stranger = await bench.customer();
    expect(await ids(stranger, `?customerId=${ticket.customerId as string}`)).to.deep.equal([]);
    expect(await ids(await bench.technician(), `?technicianId=${elena.user.id}`)).to.deep.equal([]);
  });

  it('when a customer asks what needs replanning, then they learn nothing by it', async () => {
    expect(await ids(rosa, '?needsReplanning=true')).to.deep.equal(await ids(rosa, '?needsReplanning=false'));
    const { body } = await bench.api.get<AppointmentView[]>('/appointments', rosa);
    for (const item of body.data)
      expect(item).not.to.have.any.keys('turns', 'diary', 'technicianNotes', 'replanning', 'needsReplanning', 'place');
  });

  it('when the query is wrong, then 422 names every fault', async () => {
    const { status, body } = await bench.api.get('/appointments?status=GONE&pageSize=0&from=soon&status[$ne]=X&sort=name', agent);
    expect(status).to.equal(422);
    expect(body.errors.map(({ path }) => path)).to.have.members(['status', 'pageSize', 'from', 'status[$ne]', 'sort']);
  });

  interface Stage {
    readonly stage?: string;
    readonly inputStage?: Stage;
  }
  const stagesOf = (stage: Stage | undefined): string[] => (stage === undefined ? [] : [stage.stage ?? '', ...stagesOf(stage.inputStage)]);

  const lists: readonly Readonly<Record<string, unknown>>[] = [
    {},
    { customerId: 'c' },
    { customerId: 'c', status: 'SCHEDULED' },
    { technicianId: 't' },
    { technicianId: 't', status: 'SCHEDULED' },
    { status: 'SCHEDULED' },
    { 'subject.id': 't' },
    { needsReplanning: true },
    { diary: 't', scheduledStartAt: { $gt: new Date(0) } },
    { scheduledStartAt: { $gte: new Date(0), $lt: new Date() } },
  ];
  for (const filter of lists) {
    it(`when listed by ${JSON.stringify(filter)}, then an index finds and sorts`, async () => {
      const collection = bench.test.platform.connection.collection('appointments');
      const query = collection.find({ tenantId: 'default', ...filter }).sort({ scheduledStartAt: -1, _id: -1 });
      const plan = (await query.limit(25).explain()) as { queryPlanner: { winningPlan: Stage } };
      const stages = stagesOf(plan.queryPlanner.winningPlan);
      expect(stages).to.include('IXSCAN');
      expect(stages).not.to.include('SORT');
      expect(stages).not.to.include('COLLSCAN');
    });
  }

  it('when the highest turn of a diary is looked for, then an index answers', async () => {
    const collection = bench.test.platform.connection.collection('appointments');
    const plan = (await collection.find({ tenantId: 'default', turns: { $in: ['a:1', 'a:2'] } }).explain()) as {
      queryPlanner: { winningPlan: Stage };
    };
    expect(stagesOf(plan.queryPlanner.winningPlan)).to.include('IXSCAN').and.not.to.include('COLLSCAN');
  });
});
