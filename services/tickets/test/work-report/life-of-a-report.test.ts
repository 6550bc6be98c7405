import { expect } from 'chai';
import { hash } from 'node:crypto';
import { pdfText } from '@riparo/shared/testing/pdf-text';
import { at, booked } from '../appointment/appointment.builder.js';
import { addVehicle } from '../appointment/vehicle/vehicles.js';
import { buildContent, LATER, startField, type Field } from './field.js';

describe('work reports', () => {
  let field: Field;
  beforeEach(async () => {
    field = await startField();
  });
  afterEach(() => field.stop());

  it('when a visit goes on, then the report begins with its times and number', async () => {
    const ticket = await field.ticket();
    const appointmentId = await field.visit(ticket);
    const { status, body, headers } = await field.start(ticket.id);
    expect([status, headers.get('location')]).to.deep.equal([201, `/api/v1/work-reports/${body.data.id}`]);
    expect(body.data).to.deep.include({ number: 'WR-2026-000001', status: 'DRAFT', reportVersion: 1, appointmentId, ticketId: ticket.id });
    expect(body.data).to.deep.include({
      startedAt: '2026-03-03T09:00:00.000Z',
      technicianIds: [field.elena.user.id],
      assetId: field.assetId,
    });
  });

  it('when it is written, closed and approved with a password, then each step is told', async () => {
    const ticket = await field.ticket();
    const closed = await field.closed(ticket);
    expect(closed).to.deep.include({ status: 'CLOSED', labourMinutes: 50, lines: [] });
    const approvalToken = field.approvalToken(closed.id, field.elena);
    const { status, body, text } = await field.act(closed.id, 'approve', { documentHash: closed.documentHash, approvalToken });
    expect(status, text).to.equal(200);
    expect(body.data.status).to.equal('APPROVED');
    expect(body.data.approval).to.deep.include({ method: 'CREDENTIALS', name: 'Rosa Bianchi', documentHash: closed.documentHash });
    const told = (await field.bench.events()).filter(({ type }) => type.startsWith('work-report'));
    expect(told.map(({ type }) => type)).to.deep.equal(['work-report-started', 'work-report-closed', 'work-report-approved']);
    const entries = (await field.bench.read(field.rosa, ticket.id)).activities.filter(
      ({ metadata }) => metadata?.workReportId === closed.id,
    );
    expect(entries.map(({ type, metadata }) => [type, metadata?.status])).to.deep.equal([
      ['WORK_REPORT', 'CLOSED'],
      ['WORK_REPORT', 'APPROVED'],
    ]);
  });

  it('when the document is asked for, then it is the one of the hash; approved, it has a page more', async () => {
    const { id, documentHash } = await field.closed();
    const first = await field.pdf(id);
    expect(hash('sha256', first.bytes)).to.equal(documentHash);
    expect(pdfText(first.bytes).join('\n')).to.include('Replaced the power supply').and.include('Elena').and.include('Lightning');
    await field.act(id, 'approve', { documentHash, counter: { name: 'Rosa Bianchi', note: 'Signed on paper' } }, field.agent);
    const approved = await field.pdf(id);
    expect(pdfText(approved.bytes).join('\n')).to.include('Signed on paper').and.include(documentHash.slice(0, 20));
    expect((await field.pdf(id)).bytes.equals(approved.bytes)).to.equal(true);
    expect((await field.pdf(id, field.rosa, '?version=1')).bytes.equals(first.bytes)).to.equal(true);
    expect((await field.pdf(id, field.rosa, '?version=2')).status).to.equal(404);
  });

  it('when an approved document was read once, then it is kept as it was, whatever the settings say', async () => {
    const { id, documentHash } = await field.closed();
    await field.act(id, 'approve', { documentHash, counter: { name: 'Rosa Bianchi' } }, field.agent);
    const { bytes } = await field.pdf(id);
    await field.bench.settings({ timeZone: 'Asia/Tokyo' });
    const all = await Promise.all([field.rosa, field.elena, field.agent].map((by) => field.pdf(id, by)));
    expect(all.map((each) => each.bytes.equals(bytes))).to.deep.equal([true, true, true]);
    expect((await field.read(id)).text).to.not.include('fileId');
  });

  it('when the visit got another vehicle after the report was begun, then the report names that one', async () => {
    const { bench, agent, elena, locationId } = field;
    const [first, second] = [await addVehicle(bench), await addVehicle(bench)];
    const ticket = await field.ticket();
    const wanted = { type: 'ONSITE_VISIT' as const, technicianId: elena.user.id, locationId, ...at('2026-03-03', '10:00') };
    const { id: appointmentId } = await booked(bench, agent, ticket, { ...wanted, vehicleId: first.id });
    const begun = (await field.start(ticket.id, elena, { appointmentId })).body.data;
    expect(begun.vehicleId).to.equal(first.id);
    const changed = await bench.api.patch(`/appointments/${appointmentId}`, { vehicleId: second.id }, agent);
    expect(changed.status, changed.text).to.equal(200);
    bench.test.clock.set(LATER);
    await field.patch(begun.id, buildContent({ odometer: { start: 100, end: 125 } }));
    expect((await field.act(begun.id, 'close')).body.data).to.deep.include({ vehicleId: second.id, odometer: { start: 100, end: 125 } });
    expect((await field.read(begun.id, field.rosa)).body.data).to.not.have.any.keys('vehicleId', 'odometer');
  });

  it('when a mistyped year makes more minutes than a person could type, then 422 asks for them', async () => {
    const ticket = await field.ticket();
    await field.visit(ticket);
    const { id } = (await field.start(ticket.id, field.elena, { startedAt: '2016-03-03T09:00:00Z' })).body.data;
    await field.patch(id, buildContent({ startedAt: '2016-03-03T09:00:00Z' }));
    const { status, body } = await field.act(id, 'close');
    expect([status, body.errors.map(({ path }: { path: string }) => path)]).to.deep.equal([422, ['labourMinutes']]);
    await field.patch(id, { labourMinutes: 50 });
    expect((await field.act(id, 'close')).status).to.equal(200);
  });

  it('when the customer sends it back, then the next version is written, and the old one stays', async () => {
    const { id, documentHash } = await field.closed();
    const disputed = await field.act(id, 'dispute', { reason: 'You were here for half an hour.' }, field.rosa);
    expect(disputed.body.data).to.deep.include({ status: 'DISPUTED', reportVersion: 1 });
    expect((await field.read(id)).body.data).to.include({ status: 'DISPUTED', reportVersion: 2 });
    expect((await field.patch(id, { labourMinutes: 30 })).status).to.equal(200);
    expect((await field.read(id, field.rosa)).body.data).to.include({ labourMinutes: 50, documentHash });
    const again = (await field.act(id, 'close')).body.data;
    expect(again).to.deep.include({ status: 'CLOSED', reportVersion: 2, labourMinutes: 30 });
    expect(again.versions.map(({ reportVersion, dispute }) => [reportVersion, dispute !== undefined])).to.deep.equal([
      [1, true],
      [2, false],
    ]);
    const old = await field.act(id, 'approve', { documentHash, counter: { name: 'Rosa' } }, field.agent);
    expect(old.body).to.include({ code: 'WORK_REPORT_CHANGED', documentHash: again.documentHash });
    expect((await field.pdf(id, field.rosa, '?version=1')).status).to.equal(200);
  });

  it('when it is closed without what it needs, then every fault is told at once', async () => {
    const ticket = await field.ticket();
    const { id } = (await field.start(ticket.id)).body.data;
    await field.patch(id, { odometer: { start: 10, end: 5 }, startedAt: '2026-03-02T09:30:00Z', endedAt: '2026-03-02T09:00:00Z' });
    const { status, body } = await field.act(id, 'close');
    expect(status).to.equal(422);
    expect(body.errors.map(({ path }: { path: string }) => path)).to.have.members([
      'malfunctions',
      'solution',
      'startedAt',
      'odometer.end',
    ]);
  });

  it('when one is open already, then a second one is 409 WORK_REPORT_OPEN, also after a dispute', async () => {
    const ticket = await field.ticket();
    const first = (await field.start(ticket.id)).body.data;
    expect((await field.start(ticket.id)).body).to.include({ code: 'WORK_REPORT_OPEN', workReportId: first.id, number: first.number });
    const twice = await Promise.all([1, 2].map(() => field.start(ticket.id, field.agent, { technicianIds: [field.luca.user.id] })));
    expect(twice.map(({ status }) => status).toSorted()).to.deep.equal([201, 409]);
    await field.patch(first.id, buildContent({ startedAt: '2026-03-02T09:00:00Z', endedAt: '2026-03-02T09:30:00Z' }));
    expect((await field.act(first.id, 'close')).status).to.equal(200);
    expect((await field.act(first.id, 'dispute', { reason: 'No.' }, field.rosa)).status).to.equal(200);
    expect((await field.start(ticket.id)).body.code).to.equal('WORK_REPORT_OPEN');
  });

  it('when a draft is discarded, then nothing can be done with it, and another can be begun', async () => {
    const ticket = await field.ticket();
    const { id } = (await field.start(ticket.id)).body.data;
    expect((await field.act(id, 'discard', { reason: 'Wrong ticket' })).body.data.status).to.equal('DISCARDED');
    expect((await field.patch(id, buildContent())).body.code).to.equal('WORK_REPORT_NOT_OPEN');
    expect((await field.start(ticket.id)).status).to.equal(201);
    const closed = await field.closed(await field.ticket());
    expect((await field.act(closed.id, 'discard', { reason: 'x' })).body.code).to.equal('WORK_REPORT_ALREADY_CLOSED');
  });

  it('when a repair is reported, then nothing is charged, and its timeline tells it', async () => {
    const { bench, agent, elena, rosa } = field;
    const device = { category: 'LAPTOP', brand: 'Lenovo', model: 'T14', serialNumber: 'PF-1' };
    const repair = await bench.api.post<{ id: string }>(
      '/repairs',
      { customerId: rosa.customer.id, device, problemDescription: 'Dead' },
      agent,
    );
    const { id: repairId } = repair.body.data;
    await bench.api.post(`/repairs/${repairId}/assign`, { technicianId: elena.user.id }, agent);
    const started = await bench.api.post<{ id: string }>(`/repairs/${repairId}/work-reports`, { startedAt: '2026-03-02T09:00:00Z' }, elena);
    expect(started.status, started.text).to.equal(201);
    const { id } = started.body.data;
    await field.patch(id, buildContent({ startedAt: '2026-03-02T09:00:00Z', endedAt: '2026-03-02T09:30:00Z' }));
    const closed = await field.act(id, 'close');
    expect(closed.body.data, closed.text).to.deep.include({ repairId, lines: [] });
    await bench.test.idle();
    const { activities } = (await bench.api.get<{ activities: { type: string }[] }>(`/repairs/${repairId}`, rosa)).body.data;
    expect(activities.filter(({ type }) => type === 'WORK_REPORT')).to.have.length(1);
  });

  it('when a person corrects the journey, then it is MANUAL', async () => {
    const { id } = (await field.start((await field.ticket()).id)).body.data;
    const travel = { distanceKm: 12.4, minutes: 20 };
    expect((await field.patch(id, { travel })).body.data.travel).to.deep.equal({ ...travel, source: 'MANUAL' });
    expect((await field.patch(id, { travel: null })).body.data).to.not.have.property('travel');
  });
});
