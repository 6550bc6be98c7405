import { WorkReportClosed } from '@riparo/shared/contracts/work-reports.events';
import type { PublishedWorkReport } from '@riparo/shared/contracts/work-reports.events';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { buildReserved, buildContent, startField, type Field, type ReportView } from './field.js';

type Internal = PublishedWorkReport & { readonly version: number };

describe('what other services are told of work reports', () => {
  let field: Field;
  let report: ReportView & { readonly documentHash: string };
  beforeEach(async () => {
    field = await startField();
    report = await field.closed();
  });
  afterEach(() => field.stop());

  const inside = <T>(path: string) => field.bench.api.get<T>(path, { token: field.bench.test.platform.serviceTokens.mint(), root: true });

  it('when one is asked for, then as events carry it, with its version; nobody outside may ask', async () => {
    const { body } = await inside<Internal>(`/internal/work-reports/${report.id}?tenantId=default`);
    expect(body.data).to.deep.include({ number: report.number, reportVersion: 1, status: 'CLOSED', documentHash: report.documentHash });
    expect(body.data.version).to.equal(report.version);
    expect((await inside(`/internal/work-reports/${randomUUID()}`)).status).to.equal(404);
    expect((await inside(`/internal/work-reports/${report.id}?tenantId=other`)).status).to.equal(404);
    expect((await field.bench.api.get(`/internal/work-reports/${report.id}`, { ...field.agent, root: true })).status).to.equal(401);
  });

  it('when all are asked for, then page by page, by id', async () => {
    const other = (await field.start((await field.ticket()).id)).body.data;
    const first = (await inside<readonly { workReport: PublishedWorkReport }[]>('/internal/work-reports?limit=1')).body.data;
    const id = first[0]?.workReport.id ?? '';
    const second = (await inside<readonly { workReport: PublishedWorkReport }[]>(`/internal/work-reports?limit=5&after=${id}`)).body.data;
    expect([id, ...second.map(({ workReport }) => workReport.id)]).to.deep.equal([report.id, other.id].toSorted());
  });

  it('when the reports of a ticket are asked for, then those of what was merged into it are among them', async () => {
    const { bench, agent } = field;
    const target = await field.ticket();
    const merged = await bench.api.post(`/tickets/${String(report.ticketId)}/merge`, { intoTicketId: target.id }, agent);
    expect(merged.status, merged.text).to.equal(200);
    const { body } = await inside<readonly PublishedWorkReport[]>(`/internal/tickets/${target.id}/work-reports?tenantId=default`);
    expect(body.data.map(({ id }) => id)).to.deep.equal([report.id]);
    expect((await inside(`/internal/tickets/${randomUUID()}/work-reports`)).status).to.equal(404);
  });

  it('when the ticket was closed, then its report is not sent back any more', async () => {
    const { bench, agent, rosa } = field;
    const closed = await bench.api.patch(`/tickets/${String(report.ticketId)}/status`, { status: 'CLOSED' }, agent);
    expect(closed.status, closed.text).to.equal(200);
    const refused = await field.act(report.id, 'dispute', { reason: 'No.' }, rosa);
    expect([refused.status, refused.body.code]).to.deep.equal([409, 'TICKET_CLOSED']);
    expect((await field.read(report.id)).body.data.status).to.equal('CLOSED');
  });

  it('when it was sent back, then events and other services have the version that was', async () => {
    await field.act(report.id, 'dispute', { reason: 'No.' }, field.rosa);
    await field.patch(report.id, { solution: 'Another' });
    const { body } = await inside<Internal>(`/internal/work-reports/${report.id}`);
    expect(body.data).to.deep.include({ reportVersion: 1, status: 'DISPUTED', solution: buildContent().solution });
    expect(body.data.dispute?.reason).to.equal('No.');
  });

  it('when the event comes again, then the timeline has one entry', async () => {
    const { test } = field.bench;
    await test.idle();
    const event = test.published.find(({ type }) => type === WorkReportClosed.type);
    await test.platform.bus.publish(event as NonNullable<typeof event>);
    await test.idle();
    const { activities } = await field.bench.read(field.agent, String(report.ticketId));
    expect(activities.filter(({ metadata }) => metadata?.status === 'CLOSED')).to.have.length(1);
    // Begun is for staff alone.
    expect(activities.find(({ metadata }) => metadata?.status === 'DRAFT')?.isInternal).to.equal(true);
  });

  it('when a repair was completed first, then its report still closes, with the parts that it names', async () => {
    const { bench, agent, elena, rosa } = field;
    const device = { category: 'LAPTOP', brand: 'Lenovo', model: 'T14', serialNumber: 'PF-1' };
    const sheet = { customerId: rosa.customer.id, device, problemDescription: 'Dead' };
    const { id: repairId } = (await bench.api.post<{ id: string }>('/repairs', sheet, agent)).body.data;
    await bench.api.post(`/repairs/${repairId}/assign`, { technicianId: elena.user.id }, agent);
    const { id } = (await bench.api.post<{ id: string }>(`/repairs/${repairId}/work-reports`, {}, elena)).body.data;
    const reserved = buildReserved();
    bench.neighbours.reservations.set(repairId, [reserved]);
    await field.patch(id, buildContent({ parts: [{ reservationId: reserved.id, used: 2 }] }));
    bench.neighbours.reservations.delete(repairId);
    const { status, body, text } = await field.act(id, 'close');
    expect(status, text).to.equal(200);
    expect(body.data.parts).to.deep.equal([
      { reservationId: reserved.id, partId: reserved.partId, name: reserved.name, used: 2, charge: 'BILLED' },
    ]);
  });
});
