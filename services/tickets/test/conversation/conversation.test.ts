import { expect } from 'chai';
import { startBench, type ActivityView, type Bench, type Person, type TicketView } from '../bench.js';

describe('the conversation about a ticket', () => {
  let bench: Bench;
  let rosa: Person;
  let elena: Person;
  let agent: Person;
  beforeEach(async () => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z' });
    [rosa, elena, agent] = [await bench.customer(), await bench.technician({ name: 'Elena' }), bench.person('AGENT')];
  });
  afterEach(() => bench.stop());

  const reply = (id: string, body: string, by: Person, headers = {}) =>
    bench.api.post<ActivityView>(`/tickets/${id}/reply`, { body }, { ...by, headers });
  const note = (id: string, body: unknown, by: Person) => bench.api.post<ActivityView>(`/tickets/${id}/notes`, body, by);
  const patch = (id: string, body: unknown, by: Person) => bench.api.patch<TicketView>(`/tickets/${id}/status`, body, by);

  describe('POST /tickets/:id/reply', () => {
    it('when the technician replies, then the customer sees it and the response clock has stopped', async () => {
      const { id } = await bench.open(rosa);
      bench.test.clock.advance(60_000);
      const { status, body } = await reply(id, 'I am on my way', elena);
      expect(status).to.equal(201);
      expect(body.data).to.deep.include({ type: 'COMMENT', body: 'I am on my way', ticketId: id });
      expect(body.data.author).to.deep.equal({ id: elena.caller.userId, name: 'Elena' });
      const seen = await bench.read(rosa, id);
      expect(seen.activities.at(-1)).to.include({ id: body.data.id, body: 'I am on my way' });
      expect(seen.firstRespondedAt).to.equal('2026-03-02T10:01:00.000Z');
    });

    it('when replied, then it is announced with its text and who spoke', async () => {
      const { id } = await bench.open(rosa);
      const { body } = await reply(id, 'Any news?', rosa);
      const event = (await bench.events()).at(-1);
      expect(event?.type).to.equal('ticket-replied');
      expect(event?.data).to.include({ activityId: body.data.id, body: 'Any news?', byCustomer: true, actorUserId: rosa.caller.userId });
    });

    for (const [from, request] of [
      ['WAITING_CUSTOMER', { status: 'WAITING_CUSTOMER' }],
      ['RESOLVED', { status: 'RESOLVED', resolution: 'New drive' }],
    ] as const) {
      it(`when ${from} and the customer replies, then it is IN_PROGRESS again`, async () => {
        const { id } = await bench.open(rosa);
        await patch(id, request, elena);
        expect((await reply(id, 'Still broken', rosa)).status).to.equal(201);
        expect(await bench.read(rosa, id)).to.include({
          status: 'IN_PROGRESS',
          stage: 'IN_PROGRESS',
          assignedToUserId: elena.caller.userId,
        });
        expect((await bench.events()).slice(-2).map(({ type }) => type)).to.deep.equal(['ticket-replied', 'ticket-status-changed']);
      });

      it(`when ${from} and staff reply, then it stays ${from}`, async () => {
        const { id } = await bench.open(rosa);
        await patch(id, request, elena);
        await reply(id, 'Are you there?', elena);
        expect((await bench.read(rosa, id)).status).to.equal(from);
      });
    }

    it('when it is closed, then 409 TICKET_CLOSED', async () => {
      const { id } = await bench.open(rosa);
      await patch(id, { status: 'CLOSED' }, rosa);
      for (const by of [rosa, agent]) expect((await reply(id, 'One more thing', by)).body.code).to.equal('TICKET_CLOSED');
    });

    it('when reply and close race, then either the reply is in the timeline before the end or it was refused', async () => {
      const { id } = await bench.open(rosa);
      const [answer, closed] = await Promise.all([reply(id, 'Wait', rosa), patch(id, { status: 'CLOSED' }, agent)]);
      expect(closed.status).to.equal(200);
      const { status, activities } = await bench.read(agent, id);
      expect(status).to.equal('CLOSED');
      expect(activities.filter(({ body }) => body === 'Wait')).to.have.length(answer.status === 201 ? 1 : 0);
    });

    it('when fifty reply at once, then all fifty are in the timeline', async () => {
      const { id } = await bench.open(rosa);
      await Promise.all(Array.from({ length: 50 }, (_, index) => reply(id, `Reply ${index}`, index % 2 === 0 ? rosa : elena)));
      const { body } = await bench.api.get<ActivityView[]>(`/tickets/${id}/activities?pageSize=100`, agent);
      expect(body.data.filter(({ type }) => type === 'COMMENT')).to.have.length(50);
    });

    it('when the same Idempotency-Key comes twice, then it is said once', async () => {
      const { id } = await bench.open(rosa);
      const headers = { 'idempotency-key': 'say-it-once' };
      await reply(id, 'Hello', rosa, headers);
      expect((await reply(id, 'Hello', rosa, headers)).status).to.equal(201);
      expect((await bench.read(rosa, id)).activities.filter(({ body }) => body === 'Hello')).to.have.length(1);
    });

    it('when it is empty or has unknown fields, then 422 names them', async () => {
      const { id } = await bench.open(rosa);
      const { status, body } = await bench.api.post(`/tickets/${id}/reply`, { body: ' ', isInternal: true }, rosa);
      expect(status).to.equal(422);
      expect(body.errors.map(({ path }) => path)).to.have.members(['body', 'isInternal']);
    });

    it("when it is somebody else's, then 404", async () => {
      const { id } = await bench.open(rosa);
      for (const stranger of [await bench.customer(), bench.person('TECH')]) expect((await reply(id, 'Hi', stranger)).status).to.equal(404);
    });
  });

  describe('POST /tickets/:id/notes', () => {
    it('when internal, then staff see it and the customer never: not in detail, timeline or counts', async () => {
      const { id } = await bench.open(rosa);
      const before = await bench.api.get(`/tickets/${id}/activities`, rosa);
      expect((await note(id, { body: 'Ordered a part', isInternal: true }, elena)).status).to.equal(201);
      expect((await bench.read(agent, id)).activities.at(-1)).to.include({ body: 'Ordered a part', isInternal: true });
      const after = await bench.api.get(`/tickets/${id}/activities`, rosa);
      expect(after.body.pagination).to.deep.equal(before.body.pagination);
      const detail = await bench.api.get(`/tickets/${id}`, rosa);
      expect(detail.text + after.text).not.to.include('Ordered');
      expect(detail.body.data.activityCount).to.equal(before.body.pagination.totalCount);
      expect((await bench.api.get('/tickets?search=Ordered', rosa)).body.pagination.totalCount).to.equal(0);
      expect((await bench.read(rosa, id)).firstRespondedAt).to.equal(undefined);
    });

    it('when internal, then its event tells that there is one and not what it says; under one key once', async () => {
      const { id } = await bench.open(rosa);
      const write = () =>
        bench.api.post<ActivityView>(`/tickets/${id}/notes`, { body: 'Ordered a part' }, { ...elena, headers: { 'idempotency-key': 'a' } });
      const { body } = await write();
      await write();
      const told = (await bench.events()).filter(({ type }) => type === 'ticket-noted');
      expect(told).to.have.length(1);
      expect(told[0]?.data).to.include({ activityId: body.data.id, actorUserId: elena.caller.userId });
      expect(Object.keys(told[0]?.data as object)).to.have.members(['ticket', 'at', 'actorUserId', 'activityId']);
      expect(JSON.stringify(await bench.events())).not.to.include('Ordered');
    });

    it('when nothing is said about it, then it is internal', async () => {
      const { id } = await bench.open(rosa);
      expect((await note(id, { body: 'Hm' }, elena)).body.data.isInternal).to.equal(true);
    });

    it('when public, then it is a reply', async () => {
      const { id } = await bench.open(rosa);
      await note(id, { body: 'We are on it', isInternal: false }, elena);
      expect((await bench.read(rosa, id)).activities.at(-1)?.body).to.equal('We are on it');
      expect((await bench.events()).at(-1)?.type).to.equal('ticket-replied');
    });

    it('when a customer tries, then 403', async () => {
      const { id } = await bench.open(rosa);
      expect((await note(id, { body: 'Hi', isInternal: true }, rosa)).status).to.equal(403);
    });
  });

  describe('GET /tickets/:id/activities', () => {
    it('when paged, then newest first, or oldest first if asked', async () => {
      const { id } = await bench.open(rosa);
      for (const body of ['one', 'two', 'three']) await reply(id, body, rosa);
      const newest = await bench.api.get<ActivityView[]>(`/tickets/${id}/activities?pageSize=2`, rosa);
      expect(newest.body.data.map(({ body }) => body)).to.deep.equal(['three', 'two']);
      const oldest = await bench.api.get<ActivityView[]>(`/tickets/${id}/activities?pageSize=1&sort=createdAt`, rosa);
      expect(oldest.body.data[0]?.body).to.equal('Ticket opened');
    });
  });

  describe('GET /tickets/:id', () => {
    it('when the customer reads it, then nothing internal; when staff do, then why it was assigned', async () => {
      const { id } = await bench.open(rosa);
      const mine = await bench.read(rosa, id);
      expect(mine.activities.at(-1)?.metadata).to.deep.equal({ to: elena.caller.userId });
      expect(mine).not.to.have.any.keys('declinedBy', 'held', 'resolvedByUserId');
      const theirs = await bench.read(elena, id);
      expect(theirs.activities.at(-1)?.metadata?.reason).to.include({ rule: 'ONLY_CANDIDATE', candidates: 1, load: 0 });
    });

    it("when it is somebody else's or not there, then the same 404", async () => {
      const { id } = await bench.open(rosa);
      for (const stranger of [await bench.customer(), bench.person('TECH')]) {
        const { status, body } = await bench.api.get(`/tickets/${id}`, stranger);
        expect([status, body.code]).to.deep.equal([404, 'TICKET_NOT_FOUND']);
        expect((await bench.api.get(`/tickets/${id}/status`, stranger)).status).to.equal(404);
        expect((await bench.api.get(`/tickets/${id}/activities`, stranger)).status).to.equal(404);
      }
      expect((await bench.api.get('/tickets/not-an-id', agent)).body.code).to.equal('TICKET_NOT_FOUND');
    });

    it('when only the status is asked for, then status, stage and when it is due', async () => {
      const { id } = await bench.open(rosa);
      const { body } = await bench.api.get(`/tickets/${id}/status`, rosa);
      expect(body.data).to.have.all.keys('id', 'ticketNumber', 'status', 'stage', 'updatedAt', 'slaDueAt');
    });
  });
});
