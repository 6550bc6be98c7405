import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { ROLES } from '@riparo/shared/contracts/roles';
import { roleMay } from '@riparo/shared/contracts/permissions';
import type { Person } from '../bench.js';
import { buildContent, startField, type Field, type ReportView } from './field.js';

const HASH = 'a'.repeat(64);

describe('who may do what with a work report', () => {
  let field: Field;
  let draft: ReportView;
  let closed: ReportView & { readonly documentHash: string };
  let people: Readonly<Record<'rosa' | 'stranger' | 'agent' | 'elena' | 'luca', Person>>;
  before(async () => {
    field = await startField();
    closed = await field.closed();
    draft = (await field.start((await field.ticket()).id)).body.data;
    const { rosa, agent, elena, luca } = field;
    people = { rosa, agent, elena, luca, stranger: await field.bench.customer() };
  });
  after(() => field.stop());

  type Name = keyof typeof people;
  const get = (path: string, by: Name) => field.bench.api.get<ReportView>(path, people[by]).then(({ status }) => status);
  const on = (what: string, body: object | undefined, by: Name, id: string) =>
    field.act(id, what, body, people[by]).then(({ status }) => status);

  const READING: readonly (readonly [Name, number, number])[] = [
    ['rosa', 404, 200],
    ['stranger', 404, 404],
    ['agent', 200, 200],
    ['elena', 200, 200],
    ['luca', 404, 404],
  ];
  for (const [who, ofDraft, ofClosed] of READING)
    it(`when ${who} reads, then a draft is ${ofDraft} and a closed one ${ofClosed}`, async () => {
      expect(await get(`/work-reports/${draft.id}`, who)).to.equal(ofDraft);
      expect(await get(`/work-reports/${closed.id}`, who)).to.equal(ofClosed);
      expect((await field.pdf(closed.id, people[who])).status).to.equal(ofClosed);
      // Of a draft there is no document yet, whoever asks.
      expect((await field.pdf(draft.id, people[who])).status).to.equal(404);
      expect(await get(`/work-reports/${randomUUID()}`, who)).to.equal(404);
      const listed = (await field.bench.api.get<readonly ReportView[]>('/work-reports', people[who])).body.data.map(({ id }) => id);
      expect(listed.includes(draft.id)).to.equal(ofDraft === 200);
      expect(listed.includes(closed.id)).to.equal(ofClosed === 200);
    });

  it('when a technician has the ticket, then they see its reports, but write in none that is not theirs', async () => {
    const { bench, agent, luca } = field;
    const ticket = await field.ticket();
    const { id } = (await field.start(ticket.id)).body.data;
    await bench.api.post(`/tickets/${ticket.id}/assign`, { technicianId: luca.user.id }, agent);
    expect((await field.read(id, luca)).status).to.equal(200);
    const listed = (await bench.api.get<readonly ReportView[]>(`/work-reports?ticketId=${ticket.id}`, luca)).body.data;
    expect(listed.map((each) => each.id)).to.deep.equal([id]);
    for (const refused of [await field.patch(id, { solution: 'x' }, luca), await field.act(id, 'close', undefined, luca)])
      expect([refused.status, refused.body.code]).to.deep.equal([403, 'WORK_REPORT_NOT_YOURS']);
    expect((await field.act(id, 'discard', { reason: 'x' }, luca)).body.code).to.equal('WORK_REPORT_NOT_YOURS');
    expect((await field.patch(id, { solution: 'x' })).status).to.equal(200);
  });

  it('when somebody else writes, then it is refused as their role is', async () => {
    for (const [who, status] of [
      ['rosa', 403],
      ['stranger', 403],
      ['luca', 404],
    ] as const) {
      expect((await field.patch(draft.id, buildContent(), people[who])).status, who).to.equal(status);
      expect(await on('close', undefined, who, draft.id), who).to.equal(status);
      expect(await on('discard', { reason: 'x' }, who, draft.id), who).to.equal(status);
    }
    const counter = { documentHash: HASH, counter: { name: 'x' } };
    expect(await on('approve', counter, 'stranger', closed.id)).to.equal(404);
    expect(await on('approve', counter, 'luca', closed.id)).to.equal(404);
    expect(await on('approve', counter, 'rosa', draft.id)).to.equal(404);
    expect(await on('dispute', { reason: 'x' }, 'stranger', closed.id)).to.equal(404);
    expect(await on('dispute', { reason: 'x' }, 'rosa', draft.id)).to.equal(404);
    expect(await on('dispute', { reason: 'x' }, 'elena', closed.id)).to.equal(403);
    expect(await on('dispute', { reason: 'x' }, 'agent', draft.id)).to.equal(409);
    for (const what of ['close', 'approve', 'dispute', 'discard'])
      expect(
        await on(what, what === 'close' ? undefined : what === 'approve' ? counter : { reason: 'x' }, 'agent', randomUUID()),
        what,
      ).to.equal(404);
  });

  it('when somebody begins a report of what they do not have, then 403 or 404', async () => {
    const { bench, agent, luca, elena, rosa } = field;
    const ticket = await field.ticket();
    expect((await field.start(ticket.id, rosa)).status).to.equal(403);
    expect((await field.start(ticket.id, luca)).status).to.equal(404);
    expect((await field.start(randomUUID())).body.code).to.equal('TICKET_NOT_FOUND');
    expect((await field.start(ticket.id, elena, { technicianIds: [luca.user.id] })).status).to.equal(403);
    expect((await field.start(ticket.id, agent, { technicianIds: [randomUUID()] })).status).to.equal(422);
    expect((await field.start(ticket.id, elena, { appointmentId: randomUUID() })).body.code).to.equal('APPOINTMENT_NOT_FOUND');
    expect((await field.start(ticket.id, elena, { startedAt: '2030-01-01T00:00:00Z' })).status).to.equal(422);
    await bench.api.patch(`/tickets/${ticket.id}/status`, { status: 'CLOSED' }, agent);
    expect((await field.start(ticket.id)).body.code).to.equal('TICKET_NOT_ACTIVE');
    const mine = (await bench.api.post(`/repairs/${randomUUID()}/work-reports`, {}, elena)).body;
    expect(mine.code).to.equal('REPAIR_NOT_FOUND');
  });

  it('when the desk says who worked, then these technicians write it', async () => {
    const ticket = await field.ticket();
    const { id } = (await field.start(ticket.id, field.agent, { technicianIds: [field.elena.user.id, field.luca.user.id] })).body.data;
    expect((await field.patch(id, { solution: 'Both' }, field.luca)).status).to.equal(200);
    expect((await field.patch(id, { technicianIds: [field.luca.user.id] }, field.luca)).status).to.equal(403);
    expect((await field.patch(id, { technicianIds: [field.luca.user.id] }, field.agent)).status).to.equal(200);
    expect((await field.patch(id, { technicianIds: [randomUUID()] }, field.agent)).status).to.equal(422);
  });

  it('when the role has no permission, then 403', async () => {
    const { bench } = field;
    for (const role of ROLES) {
      const by = bench.person(role, role.startsWith('CUSTOMER') ? { customerId: randomUUID() } : {});
      const { status } = await field.act(closed.id, 'close', undefined, by);
      expect(status === 403, role).to.equal(!roleMay(role, 'write:work-reports'));
    }
    expect((await bench.api.get('/work-reports', {})).status).to.equal(401);
  });

  it('when a photo is in a draft, then customers see it once the report is closed', async () => {
    const { bench, elena, rosa } = field;
    const ticket = await field.ticket();
    const { id } = (await field.start(ticket.id)).body.data;
    const photo = await field.upload(elena);
    const load = (by: Person) => bench.api.get(`/attachments/${photo}?size=thumb`, by).then(({ status }) => status);
    expect((await field.patch(id, { photos: [await field.upload(rosa)] })).status).to.equal(422);
    const now = bench.test.clock.now().toISOString();
    const written = await field.patch(id, buildContent({ photos: [photo], startedAt: now, endedAt: now }));
    expect(written.status, written.text).to.equal(200);
    expect([await load(elena), await load(rosa), await load(people.stranger)]).to.deep.equal([200, 404, 404]);
    expect((await field.patch(id, { solution: 'Still there' })).body.data.photos).to.have.length(1);
    expect((await field.act(id, 'close')).status).to.equal(200);
    expect([await load(rosa), await load(people.stranger)]).to.deep.equal([200, 404]);
  });
});
