import { UserUpdated } from '@riparo/shared/contracts/auth.events';
import { eventually } from '@riparo/shared/testing/eventually';
import { createTestPlatform } from '@riparo/shared/testing/test-platform';
import { expect } from 'chai';
import { createTicketsService } from '../../src/service.js';
import { buildUser, startBench, type ActivityView, type Bench, type Person, type TicketView, ticketsConfig } from '../bench.js';

const CONFIG = ticketsConfig();

describe('every change is in the timeline, with who, when, before and after', () => {
  let bench: Bench;
  let rosa: Person & { readonly customer: { readonly id: string } };
  let elena: Person;
  let agent: Person;
  let id: string;
  beforeEach(async () => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z' });
    [rosa, elena, agent] = [await bench.customer(), await bench.technician(), bench.person('AGENT')];
    ({ id } = await bench.open(rosa));
    bench.test.clock.advance(60_000);
  });
  afterEach(() => bench.stop());

  const WHEN = '2026-03-02T10:01:00.000Z';
  const put = (body: unknown, by = agent, headers = {}) => bench.api.put<TicketView>(`/tickets/${id}`, body, { ...by, headers });
  const patch = (body: unknown, by = agent) => bench.api.patch<TicketView>(`/tickets/${id}/status`, body, by);
  const post = (what: string, body: unknown, by = agent) => bench.api.post<TicketView>(`/tickets/${id}/${what}`, body, by);
  const timeline = async (by = agent): Promise<readonly ActivityView[]> => (await bench.read(by, id)).activities;
  const last = async (by = agent): Promise<ActivityView> => (await timeline(by)).at(-1) as ActivityView;

  for (const [field, from, to] of [
    ['title', "Laptop won't boot", 'Screen black'],
    ['description', 'The screen stays black.', 'Nothing on the screen.'],
    ['category', 'HARDWARE', 'NETWORK'],
    ['priority', 'HIGH', 'LOW'],
  ] as const) {
    it(`when the ${field} changes, then it tells the value before and after`, async () => {
      await put({ [field]: to });
      expect(await last()).to.deep.include({ authorUserId: agent.caller.userId, createdAt: WHEN, isInternal: false });
      expect((await last()).metadata).to.deep.equal({ changes: { [field]: { from, to } } });
    });
  }

  it('when the device changes, then it tells of the place with it', async () => {
    const [first, second] = [await bench.asset({ customerId: rosa.customer.id }), await bench.asset({ customerId: rosa.customer.id })];
    await post('attach-asset', { assetId: first.id }, rosa);
    await post('attach-asset', { assetId: second.id }, rosa);
    expect((await last()).metadata).to.deep.equal({
      changes: { assetId: { from: first.id, to: second.id }, locationId: { from: first.locationId, to: second.locationId } },
    });
    expect(await last()).to.deep.include({ authorUserId: rosa.caller.userId, createdAt: WHEN });
  });

  it('when the status changes, then it tells every way it goes', async () => {
    const way = ['WAITING_CUSTOMER', 'IN_PROGRESS', 'RESOLVED', 'IN_PROGRESS', 'CLOSED', 'IN_PROGRESS'];
    let from = 'OPEN';
    for (const to of way) {
      await patch({ status: to, ...(to === 'RESOLVED' ? { resolution: 'New drive' } : {}) });
      expect((await last()).metadata, `${from} → ${to}`).to.deep.equal({ from, to });
      expect(await last()).to.deep.include({ authorUserId: agent.caller.userId, createdAt: WHEN });
      from = to;
    }
  });

  it('when a reply changes the status, then the words and the change, in this order', async () => {
    await patch({ status: 'RESOLVED', resolution: 'New drive' });
    await post('reply', { body: 'Still broken' }, rosa);
    const [words, change] = (await timeline()).slice(-2);
    expect(words).to.include({ type: 'COMMENT', body: 'Still broken' });
    expect(change?.metadata).to.deep.equal({ from: 'RESOLVED', to: 'IN_PROGRESS' });
  });

  it('when it is assigned, handed on, taken back, accepted and declined, then it tells from whom to whom', async () => {
    const marco = await bench.technician();
    const [e, m] = [elena.caller.userId, marco.user.id];
    expect((await timeline(rosa)).at(-1)?.metadata).to.deep.equal({ to: e });
    await post('assign', { technicianId: m, reason: 'Knows the house' });
    expect((await last(rosa)).metadata).to.deep.equal({ from: e, to: m });
    expect((await last()).metadata).to.deep.equal({ from: e, to: m, note: 'Knows the house' });
    await post('assign', { technicianId: null });
    expect((await last()).metadata).to.deep.equal({ from: m });
    await post('accept', undefined, marco);
    const [taken, begun] = (await timeline(rosa)).slice(-2);
    expect([taken?.metadata, begun?.metadata]).to.deep.equal([{ to: m }, { from: 'OPEN', to: 'IN_PROGRESS' }]);
    await post('decline', { reason: 'Too far' }, marco);
    const [why, handed] = (await timeline()).slice(-2);
    expect(why).to.deep.include({ isInternal: true, body: 'Declined: Too far', metadata: { declinedBy: m } });
    expect(handed?.metadata).to.include({ from: m, to: e });
  });

  it('when the calendar changes due times, then it tells staff of them', async () => {
    const { slaDueAt } = await bench.read(agent, id);
    await bench.settings({ calendar: { timeZone: 'Europe/Rome', weekly: { monday: [{ start: '09:00', end: '12:00' }] }, exceptions: [] } });
    const changed = await eventually(async () =>
      (await timeline()).find(({ metadata }) => (metadata?.changes as { slaDueAt?: unknown } | undefined)?.slaDueAt !== undefined),
    );
    const { slaDueAt: to } = await bench.read(agent, id);
    expect((changed.metadata?.changes as Record<string, unknown>).slaDueAt).to.deep.equal({ from: slaDueAt, to });
    expect(JSON.stringify(await timeline(rosa))).not.to.include('Due times');
  });

  it('when another change notices a missed due time, then it has one entry and is told once', async () => {
    bench.test.clock.set('2026-03-12T10:00:00Z');
    await patch({ status: 'RESOLVED', resolution: 'Late' });
    await patch({ status: 'IN_PROGRESS' });
    await put({ title: 'Again' });
    await put({ title: 'And again' });
    expect((await timeline()).filter(({ body }) => body.startsWith('SLA missed')).map(({ metadata }) => metadata?.clock)).to.deep.equal([
      'RESPONSE',
      'RESOLUTION',
    ]);
    expect((await bench.events()).filter(({ type }) => type === 'ticket-sla-breached')).to.have.length(2);
    const { resolution } = (await bench.api.get<{ id: string; resolution: { breachedAt?: string } }>(`/tickets/${id}/sla`, agent)).body
      .data;
    expect(resolution.breachedAt).to.be.a('string');
  });

  describe('internal notes of a ticket', () => {
    it('when staff write them, then staff read them and nobody else learns that there are any', async () => {
      const events = (await bench.events()).length;
      expect((await put({ internalNotes: 'Pays late' }, elena)).body.data.internalNotes).to.equal('Pays late');
      await put({ internalNotes: 'Pays on time now' });
      expect((await last()).metadata).to.deep.equal({ changes: { internalNotes: { from: 'Pays late', to: 'Pays on time now' } } });
      const answers = await Promise.all([
        bench.api.get(`/tickets/${id}`, rosa),
        bench.api.get('/tickets', rosa),
        bench.api.get(`/tickets/${id}/activities`, rosa),
        put({ title: 'Mine' }, rosa),
      ]);
      for (const { status, text } of answers) expect([status, /pays|internalNotes/i.test(text)]).to.deep.equal([200, false]);
      expect((await bench.api.get('/tickets?search=pays', agent)).body.pagination.totalCount).to.equal(0);
      const told = (await bench.events()).slice(events);
      expect(told.map(({ type }) => type)).to.deep.equal(['ticket-updated']);
      expect(JSON.stringify(told)).not.to.match(/pays|internalNotes/i);
      expect((await put({ internalNotes: null })).body.data).not.to.have.property('internalNotes');
    });

    it('when they change together with something public, then two entries, and only one for the customer', async () => {
      await put({ internalNotes: 'VIP', priority: 'CRITICAL' });
      expect((await timeline()).slice(-2).map(({ isInternal }) => isInternal)).to.deep.equal([false, true]);
      expect((await last(rosa)).metadata).to.deep.equal({ changes: { priority: { from: 'HIGH', to: 'CRITICAL' } } });
    });

    it('when a customer sends them, then 422: it is no field of theirs', async () => {
      const { status, body } = await put({ internalNotes: 'x' }, rosa);
      expect([status, body.errors]).to.deep.equal([422, [{ path: 'internalNotes', message: 'is not a known field' }]]);
    });
  });

  describe('when many edit at once, on two instances', () => {
    const EDITS = [
      { title: 'New title' },
      { description: 'New words' },
      { category: 'NETWORK' },
      { priority: 'LOW' },
      { internalNotes: 'Hm' },
    ];
    const secondDoor = async () => {
      const { connection } = bench.test.platform;
      const other = await createTestPlatform({ service: 'tickets', connection, tokens: bench.test.tokens, clock: bench.test.clock });
      const { api } = await other.startService((platform) => createTicketsService(platform, CONFIG));
      return { api, stop: () => other.stop() };
    };

    it('when there is no If-Match, then what each of them changed is there, and each is in the timeline', async () => {
      const other = await secondDoor();
      const edits = EDITS.map((body, index) => (index % 2 === 0 ? bench.api : other.api).put(`/tickets/${id}`, body, agent));
      expect((await Promise.all(edits)).map(({ status }) => status)).to.deep.equal(EDITS.map(() => 200));
      expect(await bench.read(agent, id)).to.deep.include(Object.assign({}, ...EDITS));
      expect((await timeline()).filter(({ body }) => body.startsWith('Changed:'))).to.have.length(EDITS.length);
      await other.stop();
    });

    it('when all have the same If-Match, then one wins, 49 get 412, and only the winner is in it', async () => {
      const other = await secondDoor();
      const { version } = await bench.read(agent, id);
      const headers = { 'if-match': `"${version}"` };
      const edits = Array.from({ length: 50 }, (_, index) =>
        (index % 2 === 0 ? bench.api : other.api).put(`/tickets/${id}`, { title: `Title ${index}` }, { ...agent, headers }),
      );
      const statuses = (await Promise.all(edits)).map(({ status }) => status);
      expect(statuses.filter((status) => status === 412)).to.have.length(49);
      const { title } = await bench.read(agent, id);
      expect(title).to.equal(`Title ${statuses.indexOf(200)}`);
      expect((await timeline()).filter(({ body }) => body === 'Changed: title')).to.have.length(1);
      await other.stop();
    });
  });

  describe('a long timeline', () => {
    it('when two thousand entries are there, then it is read by pages and refuses more, but can be ended', async () => {
      const collection = bench.test.platform.connection.collection<{ _id: string }>('tickets');
      const activities = Array.from({ length: 2_000 }, (_, index) => ({
        id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
        type: 'COMMENT',
        isInternal: index % 2 === 1,
        authorUserId: rosa.caller.userId,
        body: `Word ${index}`,
        createdAt: new Date('2026-03-02T10:00:30Z'),
      }));
      await collection.updateOne(
        { _id: id },
        {
          $push: { activities: { $each: activities } },
          $inc: { 'timeline.count': 2_000 },
        },
      );
      const detail = await bench.api.get<TicketView>(`/tickets/${id}`, rosa);
      expect(detail.body.data.activities.at(-1)?.body).to.equal('Word 1998');
      expect(detail.body.data.activityCount).to.equal(1_002);
      const page = await bench.api.get<ActivityView[]>(`/tickets/${id}/activities?pageSize=100&page=11`, rosa);
      expect([page.body.data.length, page.body.pagination.totalCount]).to.deep.equal([2, 1_002]);
      expect((await post('reply', { body: 'One more' }, rosa)).body.code).to.equal('TICKET_TIMELINE_FULL');
      expect((await put({ title: 'New' })).body.code).to.equal('TICKET_TIMELINE_FULL');
      expect((await patch({ status: 'RESOLVED', resolution: 'Long enough' })).status).to.equal(200);
    });

    it('when long descriptions are changed again and again, then it is full before the document is', async () => {
      const codes: (string | undefined)[] = [];
      for (let index = 0; index < 130 && codes.at(-1) === undefined; index++)
        codes.push((await put({ description: `${index} ${'ß'.repeat(9_900)}` })).body.code);
      expect(codes.at(-1)).to.equal('TICKET_TIMELINE_FULL');
    });
  });

  it("when a reopened ticket's technician has left, then reconciliation takes it to the queue", async () => {
    await patch({ status: 'CLOSED' });
    const gone = buildUser({ id: elena.caller.userId, status: 'DISABLED' });
    await bench.test.publish(UserUpdated, { user: gone }, { subject: gone.id, version: 2 });
    await patch({ status: 'IN_PROGRESS' });
    const { connection } = bench.test.platform;
    const other = await createTestPlatform({ service: 'tickets', connection, tokens: bench.test.tokens, clock: bench.test.clock });
    await other.startService((platform) => createTicketsService(platform, CONFIG));
    expect((await bench.read(agent, id)).assignedToUserId).to.equal(undefined);
    expect((await last()).metadata).to.include({ from: gone.id, note: 'The technician is no longer active' });
    await other.stop();
  });
});
