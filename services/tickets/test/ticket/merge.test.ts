import { UserUpdated } from '@riparo/shared/contracts/auth.events';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { buildUser, startBench, type ActivityView, type Bench, type Person, type TicketView } from '../bench.js';

interface Merged extends TicketView {
  readonly mergedIntoId?: string;
  readonly mergedInto?: { readonly id: string; readonly ticketNumber: string };
  readonly mergedFrom?: readonly { readonly id: string; readonly ticketNumber: string }[];
}

describe('merging tickets', () => {
  let bench: Bench;
  let rosa: Person;
  let elena: Person;
  let agent: Person;
  let source: TicketView;
  let target: TicketView;
  beforeEach(async () => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z', env: { TECHNICIAN_CAPACITY: '3' } });
    [rosa, elena, agent] = [await bench.customer(), await bench.technician({ name: 'Elena' }), bench.person('AGENT')];
    [target, source] = [await bench.open(rosa, { title: 'Screen black' }), await bench.open(rosa, { title: 'Still black' })];
  });
  afterEach(() => bench.stop());

  const merge = (id: string, intoTicketId: string, by = agent, headers = {}) =>
    bench.api.post<Merged>(`/tickets/${id}/merge`, { intoTicketId }, { ...by, headers });
  const unmerge = (id: string, by = agent, headers = {}) => bench.api.post<Merged>(`/tickets/${id}/unmerge`, undefined, { ...by, headers });
  const reply = (id: string, body: string, by: Person) => bench.api.post<ActivityView>(`/tickets/${id}/reply`, { body }, by);
  const note = (id: string, body: string) => bench.api.post(`/tickets/${id}/notes`, { body }, agent);
  const patch = (id: string, body: unknown, by = agent) => bench.api.patch<TicketView>(`/tickets/${id}/status`, body, by);
  const read = async (id: string, by = agent): Promise<Merged> => await bench.read(by, id);
  const said = async (id: string, by = agent): Promise<readonly string[]> =>
    (await read(id, by)).activities.filter(({ type }) => type === 'COMMENT').map(({ body }) => body);

  describe('POST /tickets/:id/merge', () => {
    it('when merged, then the source is CLOSED, says where it went, and points there', async () => {
      const { status, body } = await merge(source.id, target.id);
      expect([status, body.data.status, body.data.mergedIntoId]).to.deep.equal([200, 'CLOSED', target.id]);
      for (const by of [rosa, agent, elena]) {
        const { headers, body } = await bench.api.get<Merged>(`/tickets/${source.id}`, by);
        expect(body.data.mergedInto).to.deep.equal({ id: target.id, ticketNumber: target.ticketNumber });
        expect(headers.get('link')).to.equal(`</api/v1/tickets/${target.id}>; rel="canonical"`);
      }
      expect((await bench.api.get(`/tickets/${source.id}/status`, rosa)).body.data).to.include({
        status: 'CLOSED',
        mergedIntoId: target.id,
      });
      expect((await read(target.id)).mergedFrom?.map(({ id }) => id)).to.deep.equal([source.id]);
    });

    it('when merged, then the target has what was said in both, and internal words stay internal', async () => {
      await reply(source.id, 'It is still black', rosa);
      await note(source.id, 'Same cable, I bet');
      await reply(target.id, 'We look into it', elena);
      await merge(source.id, target.id);
      expect(await said(target.id)).to.have.members(['It is still black', 'Same cable, I bet', 'We look into it']);
      expect(await said(target.id, rosa)).to.have.members(['It is still black', 'We look into it']);
      const { activities } = await read(target.id, rosa);
      expect(activities.find(({ body }) => body === 'It is still black')?.metadata).to.deep.equal({
        fromTicketId: source.id,
        fromTicketNumber: source.ticketNumber,
      });
      const listed = await bench.api.get<ActivityView[]>(`/tickets/${target.id}/activities`, rosa);
      expect(listed.body.data.map(({ body }) => body)).to.include('It is still black');
      expect(listed.text).not.to.include('I bet');
    });

    it('when merged, then both timelines say so, with who and what it was', async () => {
      await merge(source.id, target.id);
      for (const id of [source.id, target.id]) {
        const entry = (await read(id)).activities.find(({ metadata }) => metadata?.mergedInto !== undefined);
        expect(entry).to.include({ type: 'SYSTEM', authorUserId: agent.caller.userId });
        expect(entry?.metadata).to.deep.include({
          from: 'OPEN',
          to: 'CLOSED',
          mergedInto: { id: target.id, ticketNumber: target.ticketNumber },
        });
      }
    });

    it('when merged, then it is told once, as merged and not as closed, and a place is free', async () => {
      const waiting = [await bench.open(rosa), await bench.open(rosa)];
      expect(waiting.map(({ assignedToUserId }) => assignedToUserId)).to.deep.equal([elena.caller.userId, undefined]);
      const before = (await bench.events()).length;
      await merge(source.id, target.id);
      await merge(source.id, target.id);
      await bench.test.idle();
      const told = (await bench.events()).slice(before);
      expect(told.filter(({ type }) => type === 'ticket-merged')).to.have.length(1);
      expect(told.filter(({ type }) => type === 'ticket-closed')).to.have.length(0);
      expect(told[0]?.data).to.deep.include({
        into: { id: target.id, ticketNumber: target.ticketNumber },
        actorUserId: agent.caller.userId,
        previousUserId: elena.caller.userId,
      });
      expect(told[0]?.data.ticket).to.include({ status: 'CLOSED', mergedIntoId: target.id });
    });

    it('when the target is missing or foreign, then the same 404, and when it is itself, then 422', async () => {
      const other = await bench.open(await bench.customer());
      for (const id of [randomUUID(), other.id]) {
        const { status, body } = await merge(source.id, id);
        expect([status, body.code]).to.deep.equal([404, 'TICKET_NOT_FOUND']);
      }
      const { status, body } = await merge(source.id, source.id);
      expect([status, body.errors[0]?.path]).to.deep.equal([422, 'intoTicketId']);
      expect((await bench.api.post(`/tickets/${source.id}/merge`, { intoTicketId: 'x', keep: true }, agent)).body.errors).to.have.length(2);
      expect((await merge(randomUUID(), target.id)).status).to.equal(404);
    });

    it('when the target was itself merged, then 409 names the one to use; closed, then 409', async () => {
      const third = await bench.open(rosa);
      await merge(target.id, third.id);
      const { status, body } = await merge(source.id, target.id);
      expect([status, body.code, body.mergedInto]).to.deep.equal([
        409,
        'MERGE_TARGET_MERGED',
        { id: third.id, ticketNumber: third.ticketNumber },
      ]);
      await patch(third.id, { status: 'CLOSED' });
      expect((await merge(source.id, third.id)).body.code).to.equal('MERGE_TARGET_CLOSED');
      expect((await read(source.id)).status).to.equal('OPEN');
    });

    it('when it was merged elsewhere already, then 409; the other way round, then 409 MERGE_CIRCLE', async () => {
      const third = await bench.open(rosa);
      await merge(source.id, target.id);
      expect((await merge(source.id, third.id)).body).to.include({ code: 'TICKET_ALREADY_MERGED', mergedIntoId: target.id });
      expect((await merge(target.id, source.id)).body.code).to.equal('MERGE_CIRCLE');
    });

    it('when anybody but the desk tries, then 403', async () => {
      for (const by of [rosa, elena, bench.person('ENGINEER')]) {
        expect((await merge(source.id, target.id, by)).status).to.equal(403);
        expect((await unmerge(source.id, by)).status).to.equal(403);
      }
    });

    it('when If-Match is stale, then 412 and nothing is merged', async () => {
      expect((await merge(source.id, target.id, agent, { 'if-match': '"99"' })).status).to.equal(412);
      expect((await read(target.id)).mergedFrom).to.equal(undefined);
      expect((await merge(source.id, target.id, agent, { 'if-match': `"${source.version}"` })).status).to.equal(200);
    });
  });

  describe('a ticket that was merged', () => {
    beforeEach(() => merge(source.id, target.id));

    it('when somebody replies through it, then it is said in the target, which reacts, and both show it', async () => {
      await patch(target.id, { status: 'WAITING_CUSTOMER' });
      const { status, body } = await reply(source.id, 'One more thing', rosa);
      expect(status).to.equal(201);
      expect(body.data).to.deep.include({ ticketId: target.id });
      expect(body.data.metadata).to.deep.include({ fromTicketNumber: source.ticketNumber });
      expect((await read(target.id)).status).to.equal('IN_PROGRESS');
      expect(await said(target.id, rosa)).to.deep.equal(['One more thing']);
      expect(await said(source.id, rosa)).to.deep.equal(['One more thing']);
      const event = (await bench.events()).find(({ type }) => type === 'ticket-replied');
      expect(event?.data.ticket).to.include({ id: target.id });
    });

    it('when it is changed in any other way, then 409 TICKET_MERGED', async () => {
      const answers = await Promise.all([
        patch(source.id, { status: 'IN_PROGRESS' }),
        bench.api.put(`/tickets/${source.id}`, { title: 'Other' }, agent),
        bench.api.post(`/tickets/${source.id}/assign`, { technicianId: elena.caller.userId }, agent),
        bench.api.post(`/tickets/${source.id}/accept`, undefined, elena),
        bench.api.post(`/tickets/${source.id}/decline`, { reason: 'x' }, elena),
      ]);
      for (const { status, body } of answers)
        expect([status, body.code, body.mergedIntoId]).to.deep.equal([409, 'TICKET_MERGED', target.id]);
    });

    it('when staff note something internal in it, then staff read it in the target, and customers do not', async () => {
      expect((await note(source.id, 'Look at the old one')).status).to.equal(201);
      expect(await said(target.id)).to.deep.equal(['Look at the old one']);
      for (const id of [source.id, target.id]) expect(await said(id, rosa)).to.deep.equal([]);
    });

    it('when a technician who may not see the target replies through it, then 409 TICKET_MERGED', async () => {
      const marco = await bench.technician();
      await bench.api.post(`/tickets/${target.id}/assign`, { technicianId: marco.user.id }, agent);
      expect((await reply(source.id, 'Done', elena)).body.code).to.equal('TICKET_MERGED');
    });

    it('when another customer asks, then neither exists', async () => {
      const stranger = await bench.customer();
      for (const id of [source.id, target.id]) expect((await bench.api.get(`/tickets/${id}`, stranger)).status).to.equal(404);
      expect((await reply(source.id, 'Hi', stranger)).status).to.equal(404);
    });

    it('when the target is closed, then a reply through it is refused as in the target', async () => {
      await patch(target.id, { status: 'CLOSED' });
      expect((await reply(source.id, 'Hello?', rosa)).body.code).to.equal('TICKET_CLOSED');
    });
  });

  describe('a file that came through a merged ticket', () => {
    const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
    const statusFor = async (id: string, by: Person): Promise<number> => (await bench.api.get(`/attachments/${id}`, by)).status;

    it('when merged, then readers of either ticket have the file, until it is undone', async () => {
      const marco = await bench.technician();
      await bench.api.post(`/tickets/${target.id}/assign`, { technicianId: marco.user.id }, agent);
      await merge(source.id, target.id);
      const form = new FormData();
      form.set('file', new Blob([PNG]), 'screen.png');
      const { id } = (await bench.api.request('POST', '/attachments', form, rosa)).body.data;
      const answer = await bench.api.post(`/tickets/${source.id}/reply`, { body: 'Look', attachmentIds: [id] }, rosa);
      expect(answer.status, answer.text).to.equal(201);
      const who = [rosa, elena, marco, await bench.customer(), await bench.technician()];
      const statuses = () => Promise.all(who.map((by) => statusFor(id, by)));
      expect(await statuses()).to.deep.equal([200, 200, 200, 404, 404]);
      await unmerge(source.id);
      expect(await statuses()).to.deep.equal([200, 200, 404, 404, 404]);
      const { activities } = await read(source.id, elena);
      expect(activities.find(({ body }) => body === 'Look')?.attachments).to.have.length(1);
      expect((await read(target.id, marco)).activities.filter(({ body }) => body === 'Look')).to.have.length(0);
    });
  });

  describe('POST /tickets/:id/unmerge', () => {
    it('when undone, then each has its own words again, those said through it included, and both remember', async () => {
      await reply(source.id, 'before', rosa);
      await merge(source.id, target.id);
      await reply(source.id, 'through', rosa);
      await reply(target.id, 'directly', rosa);
      const { status, body } = await unmerge(source.id);
      expect([status, body.data.status, body.data.mergedIntoId]).to.deep.equal([200, 'OPEN', undefined]);
      for (const by of [rosa, agent]) {
        expect(await said(source.id, by)).to.deep.equal(['before', 'through']);
        expect(await said(target.id, by)).to.deep.equal(['directly']);
      }
      const told = (await read(target.id)).activities.filter(({ metadata }) => metadata?.fromTicketId === source.id);
      expect(told.map(({ metadata }) => Object.keys(metadata ?? {})[0])).to.deep.equal(['mergedInto', 'unmergedFrom']);
      expect((await bench.events()).at(-1)).to.deep.include({ type: 'ticket-unmerged' });
    });

    it('when undone, then the technician has it again, also beyond their capacity', async () => {
      await merge(source.id, target.id);
      for (let count = 0; count < 2; count++) await bench.open(rosa);
      expect((await unmerge(source.id)).body.data).to.include({ stage: 'OPENED', assignedToUserId: elena.caller.userId });
      expect((await bench.open(rosa)).assignedToUserId).to.equal(undefined);
    });

    it('when the technician has left, then it goes to the queue and to the next best', async () => {
      await merge(source.id, target.id);
      const gone = buildUser({ id: elena.caller.userId, status: 'DISABLED' });
      await bench.test.publish(UserUpdated, { user: gone }, { subject: gone.id, version: 2 });
      expect((await unmerge(source.id)).body.data).to.include({ stage: 'NEW' });
      const marco = await bench.technician();
      expect((await bench.open(rosa)).assignedToUserId).to.equal(marco.user.id);
    });

    for (const [status, request] of [
      ['IN_PROGRESS', { status: 'IN_PROGRESS' }],
      ['WAITING_CUSTOMER', { status: 'WAITING_CUSTOMER' }],
      ['RESOLVED', { status: 'RESOLVED', resolution: 'New cable' }],
      ['CLOSED', { status: 'CLOSED' }],
    ] as const) {
      it(`when it was ${status}, then it is ${status} again`, async () => {
        await patch(source.id, request);
        const { closedAt, resolution, resolvedAt } = await read(source.id);
        await merge(source.id, target.id);
        bench.test.clock.advance(60_000);
        await unmerge(source.id);
        const after = await read(source.id);
        expect(after).to.deep.include({ status });
        expect([after.closedAt, after.resolution, after.resolvedAt]).to.deep.equal([closedAt, resolution, resolvedAt]);
      });
    }

    it('when undone, then the time in between is a pause of its clocks, and the explanation says so', async () => {
      interface Sla {
        readonly resolution: {
          readonly usedMinutes: number;
          readonly pauses: readonly { readonly reason: string; readonly minutes: number }[];
        };
        readonly id: string;
      }
      bench.test.clock.advance(30 * 60_000);
      await merge(source.id, target.id);
      bench.test.clock.advance(120 * 60_000);
      await unmerge(source.id);
      bench.test.clock.advance(15 * 60_000);
      const { resolution } = (await bench.api.get<Sla>(`/tickets/${source.id}/sla`, agent)).body.data;
      expect(resolution.usedMinutes).to.equal(45);
      expect(resolution.pauses).to.have.length(1);
      expect(resolution.pauses[0]).to.include({ reason: 'MERGED', minutes: 120 });
    });

    it('when staff answered through it, then its response clock has stopped, but not by the customer', async () => {
      await merge(source.id, target.id);
      await reply(source.id, 'Hello?', rosa);
      await unmerge(source.id);
      expect((await read(source.id)).firstRespondedAt).to.equal(undefined);
      await merge(source.id, target.id);
      bench.test.clock.advance(60_000);
      await reply(source.id, 'We are here', elena);
      await unmerge(source.id);
      expect((await read(source.id)).firstRespondedAt).to.equal('2026-03-02T10:01:00.000Z');
    });

    it('when it is not merged, then 409 TICKET_NOT_MERGED', async () => {
      expect((await unmerge(source.id)).body.code).to.equal('TICKET_NOT_MERGED');
    });
  });
});
