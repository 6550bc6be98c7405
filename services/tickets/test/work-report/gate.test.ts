import { expect } from 'chai';
import type { TicketView } from '../bench.js';
import { at, booked } from '../appointment/appointment.builder.js';
import { buildContent, startField, type Field } from './field.js';

const TERMS = { labourPerHour: 0, labourStepMinutes: 15, travelPerKm: 0, callOutFee: 0 };

describe('the approval before a ticket is resolved', () => {
  let field: Field;
  beforeEach(async () => {
    field = await startField();
  });
  afterEach(() => field.stop());

  const resolve = ({ id }: Pick<TicketView, 'id'>) =>
    field.bench.api.patch<TicketView>(`/tickets/${id}/status`, { status: 'RESOLVED', resolution: 'Done' }, field.elena);
  const approve = ({ id, documentHash }: { id: string; documentHash: string }) =>
    field.act(id, 'approve', { documentHash, counter: { name: 'Rosa' } }, field.agent);

  it('when somebody was there, then it waits until the report is approved', async () => {
    const ticket = await field.ticket();
    await field.visit(ticket);
    expect((await resolve(ticket)).body).to.deep.include({ code: 'WORK_REPORT_NOT_APPROVED', workReportIds: [] });
    const { id } = (await field.start(ticket.id)).body.data;
    expect((await resolve(ticket)).body).to.deep.include({ code: 'WORK_REPORT_NOT_APPROVED', workReportIds: [] });
    await field.patch(id, { malfunctions: [{ symptom: 'Dead' }], solution: 'New', endedAt: '2026-03-03T09:30:00Z' });
    expect((await field.act(id, 'close')).status).to.equal(200);
    expect((await resolve(ticket)).body).to.deep.include({ code: 'WORK_REPORT_NOT_APPROVED', workReportIds: [id] });
    await field.act(id, 'dispute', { reason: 'No.' }, field.rosa);
    expect((await resolve(ticket)).body).to.deep.include({ code: 'WORK_REPORT_NOT_APPROVED', workReportIds: [id] });
    const again = (await field.act(id, 'close')).body.data as { id: string; documentHash: string };
    expect((await approve(again)).status).to.equal(200);
    expect((await resolve(ticket)).body.data.status).to.equal('RESOLVED');
  });

  it('when the ticket is reopened and somebody was there again, then that visit needs a report too', async () => {
    const ticket = await field.ticket();
    const first = await field.closed(ticket);
    await approve(first);
    expect((await resolve(ticket)).body.data.status).to.equal('RESOLVED');
    const { bench, agent, elena, locationId } = field;
    await bench.api.patch(`/tickets/${ticket.id}/status`, { status: 'IN_PROGRESS', reason: 'It is dead again' }, agent);
    const wanted = { type: 'ONSITE_VISIT' as const, technicianId: elena.user.id, locationId, ...at('2026-03-05', '10:00') };
    const { id: appointmentId } = await booked(bench, agent, ticket, wanted);
    bench.test.clock.set('2026-03-05T10:00:00Z');
    await bench.api.post(`/appointments/${appointmentId}/status`, { status: 'IN_PROGRESS', actualStartAt: '2026-03-05T09:00:00Z' }, elena);
    expect((await resolve(ticket)).body).to.deep.include({ code: 'WORK_REPORT_NOT_APPROVED', workReportIds: [] });
    const { id } = (await field.start(ticket.id, elena, { appointmentId })).body.data;
    await field.patch(id, buildContent({ startedAt: '2026-03-05T09:00:00Z', endedAt: '2026-03-05T09:30:00Z' }));
    const second = (await field.act(id, 'close')).body.data as { id: string; documentHash: string };
    await approve(second);
    expect((await resolve(ticket)).body.data.status).to.equal('RESOLVED');
  });

  it('when a technician closes the ticket instead, then the report is asked for too; the desk may close it', async () => {
    const ticket = await field.ticket();
    const { id } = await field.closed(ticket);
    const close = (by: { token: string }) => field.bench.api.patch<TicketView>(`/tickets/${ticket.id}/status`, { status: 'CLOSED' }, by);
    expect((await close(field.elena)).body).to.deep.include({ code: 'WORK_REPORT_NOT_APPROVED', workReportIds: [id] });
    expect((await close(field.agent)).body.data.status).to.equal('CLOSED');
  });

  it('when nobody was there, then nothing is asked for by default', async () => {
    field.bench.test.clock.set('2026-03-03T10:00:00Z');
    const ticket = await field.ticket();
    await field.closed(ticket, false);
    expect((await resolve(ticket)).body.data.status).to.equal('RESOLVED');
  });

  it('when the settings ask for every report, then a closed one holds back, and a draft does not', async () => {
    await field.bench.settings({ workTerms: { ...TERMS, approval: 'ALL_REPORTS' } });
    field.bench.test.clock.set('2026-03-03T10:00:00Z');
    const ticket = await field.ticket();
    const closed = await field.closed(ticket, false);
    expect((await resolve(ticket)).body).to.deep.include({ workReportIds: [closed.id] });
    await approve(closed);
    await field.start(ticket.id);
    expect((await resolve(ticket)).body.data.status).to.equal('RESOLVED');
  });

  it('when the settings ask for none, then a visit holds nothing back', async () => {
    await field.bench.settings({ workTerms: { ...TERMS, approval: 'NONE' } });
    const ticket = await field.ticket();
    await field.visit(ticket);
    expect((await resolve(ticket)).body.data.status).to.equal('RESOLVED');
  });

  it('when many are changed at once, then each is asked for by itself', async () => {
    const [visited, plain] = [await field.ticket(), await field.ticket()];
    await field.visit(visited);
    const action = { type: 'STATUS', status: 'RESOLVED', resolution: 'Done' };
    const { body } = await field.bench.api.post<{ results: readonly { id: string; outcome: string; code?: string }[] }>(
      '/tickets/bulk',
      { ticketIds: [visited.id, plain.id], action },
      field.agent,
    );
    expect(body.data.results.map(({ outcome, code }) => [outcome, code])).to.deep.equal([
      ['FAILED', 'WORK_REPORT_NOT_APPROVED'],
      ['DONE', undefined],
    ]);
  });

  it('when the ticket cannot be resolved anyway, then that is said first, and to strangers nothing', async () => {
    const ticket = await field.ticket();
    await field.visit(ticket);
    const as = (by: { token: string }) =>
      field.bench.api.patch(`/tickets/${ticket.id}/status`, { status: 'RESOLVED', resolution: 'x' }, by);
    expect((await as(field.luca)).body.code).to.equal('TICKET_NOT_FOUND');
    await field.bench.api.patch(`/tickets/${ticket.id}/status`, { status: 'CLOSED' }, field.agent);
    expect((await as(field.agent)).body.code).to.equal('TICKET_TRANSITION_NOT_ALLOWED');
  });
});
