import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { ReservationChanged, StockMoved, type ReservationChangedV1, type StockMovedV1 } from '@riparo/shared/contracts/parts.events';
import { TicketClosed, TicketMerged, TicketOpened, type PublishedTicket } from '@riparo/shared/contracts/tickets.events';
import type { PublishedWorkReport, ReportedPart } from '@riparo/shared/contracts/work-reports.events';
import { buildWorkReport } from '@riparo/shared/testing/published-work-report';
import { buildTicket } from './bench.js';
import { startPartsBench, type PartsBench } from './parts-bench.js';

const EUR = (amount: number) => ({ amount, currency: 'EUR' });

describe('Parts of work reports', () => {
  let parts: PartsBench;
  before(async () => (parts = await startPartsBench()));
  after(() => parts.bench.stop());

  const states = async (partId: string) =>
    [...(await parts.reservations(`partId=${partId}`))]
      .reverse()
      .map(({ state, quantity, used }) => [state, quantity, used ?? 0].join(' '));
  const ledger = async (partId: string) => (await parts.ledger(partId)).map(({ kind, quantity }) => `${kind} ${quantity}`).reverse();
  const made = async (partId: string, report: PublishedWorkReport, quantity = 1): Promise<string> => {
    const { status, text, body } = await parts.reserveForReport(partId, report.id, { quantity });
    if (status !== 201) throw new Error(text);
    return body.data.id;
  };
  const use = (partId: string, reservationId: string, used: number, more: Partial<ReportedPart> = {}): ReportedPart => ({
    ...{ reservationId, partId, name: 'Display', used, charge: 'BILLED' },
    ...more,
  });
  const closeTicket = (ticketId: string, version = 9) => {
    const ticket: PublishedTicket = buildTicket({ id: ticketId, status: 'CLOSED', stage: 'CLOSED' });
    return parts.bench.world.publish(TicketClosed, { ticket, from: 'RESOLVED', to: 'CLOSED' }, { subject: ticketId, version });
  };
  const code = async (answer: ReturnType<PartsBench['reserveForReport']>) => {
    const { status, body } = await answer;
    return `${status} ${body.code}`;
  };

  describe('POST /parts/reservations { workReportId }', () => {
    it('when a technician of the report or the desk reserves, then it is told for the report', async () => {
      const { id } = await parts.part({}, 9);
      const report = await parts.report();
      const { status, body } = await parts.reserveForReport(id, report.id, { quantity: 2 });
      expect(status).to.equal(201);
      expect(body.data).to.deep.include({ workReportId: report.id, state: 'RESERVED', charge: 'BILLED', unitPrice: EUR(8_900) });
      expect(body.data).to.not.have.property('repairId');
      expect((await parts.reserveForReport(id, report.id, { charge: 'WARRANTY' }, parts.desk.token)).status).to.equal(201);
      const told = (await parts.told<ReservationChangedV1>(ReservationChanged.type)).filter(({ part }) => part.id === id);
      expect(told.map(({ reservation }) => reservation.workReportId)).to.deep.equal([report.id, report.id]);
    });

    it('when two reports want the last piece, then one has it and the other a back order', async () => {
      const { id } = await parts.part({}, 1);
      const other = parts.bench.staff('ENGINEER');
      const [one, two] = [await parts.report(), await parts.report({ technicianIds: [other.userId] })];
      const answers = await Promise.all([parts.reserveForReport(id, one.id), parts.reserveForReport(id, two.id, {}, other.token)]);
      expect(answers.map(({ body }) => body.data.state).sort()).to.deep.equal(['BACKORDERED', 'RESERVED']);
      expect(await parts.show(id)).to.include({ onHand: 1, reserved: 1 });
    });

    it('when both or neither is named, then 422', async () => {
      const { id } = await parts.part({}, 1);
      const [report, repair] = [await parts.report(), await parts.repair()];
      expect((await parts.reserveForReport(id, report.id, { repairId: repair.id })).status).to.equal(422);
      expect((await parts.bench.api.post('/parts/reservations', { partId: id }, { token: parts.tech.token })).status).to.equal(422);
    });

    it('when the report is somebody else’s, of a repair, over or nowhere, then it is refused', async () => {
      const { id } = await parts.part({}, 9);
      const reserve = (report: PublishedWorkReport, body: object = {}) => code(parts.reserveForReport(id, report.id, body));
      const told = async (fields: Partial<PublishedWorkReport>) => {
        const report = await parts.report(fields);
        parts.tickets.workReports.set(report.id, { ...report, version: 1 });
        return report;
      };
      expect(await reserve(await told({ technicianIds: [randomUUID()] }))).to.equal('403 WORK_REPORT_NOT_YOURS');
      expect(await reserve(await told({ status: 'CLOSED' }))).to.equal('409 WORK_REPORT_ENDED');
      expect(await reserve(buildWorkReport())).to.equal('404 WORK_REPORT_NOT_FOUND');
      expect(await reserve(await parts.report(), { charge: 'WARRANTY' })).to.equal('422 VALIDATION_FAILED');
      const ofRepair = await parts.reserveForReport(id, (await parts.report({ repairId: randomUUID() })).id);
      expect([ofRepair.status, ofRepair.body.errors[0]?.path]).to.deep.equal([422, 'workReportId']);
      const closed = await parts.report();
      await closeTicket(closed.ticketId ?? '');
      expect(await reserve(closed)).to.equal('409 TICKET_CLOSED');
      expect(await reserve(await parts.report({ currency: 'CHF' }))).to.equal('409 PART_IN_OTHER_CURRENCY');
      expect((await parts.show(id)).reserved).to.equal(0);
    });

    it('when the report is of a moment ago, or sent back meanwhile, then tickets tells of it, or 503', async () => {
      const { id } = await parts.part({}, 9);
      const fresh = buildWorkReport({ status: 'DRAFT', technicianIds: [parts.tech.userId] });
      parts.tickets.away = true;
      expect((await parts.reserveForReport(id, fresh.id)).status).to.equal(503);
      parts.tickets.away = false;
      parts.tickets.workReports.set(fresh.id, { ...fresh, version: 1 });
      expect((await parts.reserveForReport(id, fresh.id)).status).to.equal(201);
      const sentBack = await parts.report({ status: 'CLOSED' });
      parts.tickets.workReports.set(sentBack.id, { ...sentBack, status: 'DISPUTED', version: 2 });
      expect((await parts.reserveForReport(id, sentBack.id)).status).to.equal(201);
    });

    for (const how of ['report', 'ticket'] as const)
      it(`when the ${how} ends while it is made, then nothing stays reserved`, async () => {
        const { id } = await parts.part({}, 9);
        const report = buildWorkReport({ status: 'DRAFT', technicianIds: [parts.tech.userId] });
        parts.tickets.workReports.set(report.id, { ...report, version: 1 });
        const before = parts.tickets.meanwhile;
        // The ticket's closing is known before the reservation is looked at, the report's too.
        parts.tickets.meanwhile = () =>
          how === 'report' ? parts.tellReport({ ...report, status: 'DISCARDED' }, 2) : closeTicket(report.ticketId ?? '');
        const { status } = await parts.reserveForReport(id, report.id);
        parts.tickets.meanwhile = before;
        expect(status).to.equal(409);
        expect(await parts.show(id)).to.include({ reserved: 0, available: 9 });
      });
  });

  describe('who sees them', () => {
    it('when technicians list, then their own reports and repairs count, and GET is 404 for others', async () => {
      const tech = parts.bench.staff('TECH');
      const { id } = await parts.part({}, 9);
      const [mine, repair] = [
        await parts.report({ technicianIds: [randomUUID(), tech.userId] }),
        await parts.repair({ assignedToUserId: tech.userId }),
      ];
      const theirs = await parts.report();
      for (const report of [mine, theirs]) parts.tickets.workReports.set(report.id, { ...report, version: 1 });
      const ours = [await parts.reserveForReport(id, mine.id, {}, tech.token), await parts.reserve(id, repair.id, {}, tech.token)];
      const other = await made(id, theirs);
      const listed = (await parts.reservations('', tech.token)).map((one) => one.id);
      expect(listed).to.have.members(ours.map(({ body }) => body.data.id));
      expect(await parts.reservations(`workReportId=${mine.id}`, tech.token)).to.have.length(1);
      expect((await parts.reservations(`workReportId=${theirs.id}`)).map((one) => one.id)).to.deep.equal([other]);
      const get = (path: string) => parts.bench.api.get(`/parts/reservations${path}`, { token: tech.token });
      expect((await get(`?workReportId=${theirs.id}`)).body.code).to.equal('WORK_REPORT_NOT_YOURS');
      expect((await get(`?workReportId=${randomUUID()}`)).body.code).to.equal('WORK_REPORT_NOT_FOUND');
      expect((await get(`?workReportId=${mine.id}&repairId=${repair.id}`)).status).to.equal(422);
      expect((await get(`/${other}`)).status).to.equal(404);
      expect((await get(`/${ours[0]?.body.data.id}`)).status).to.equal(200);
      const release = await parts.bench.api.delete(`/parts/reservations/${other}`, { token: tech.token });
      expect(release.body.code).to.equal('WORK_REPORT_NOT_YOURS');
    });

    it('when the tickets service asks, then it hears what is open of a report or of a repair', async () => {
      const { id, sku } = await parts.part({}, 9);
      const [report, repair] = [await parts.report(), await parts.repair()];
      const reservation = await made(id, report, 2);
      await parts.reserve(id, repair.id);
      const ask = (query: string) =>
        parts.bench.api.get<readonly object[]>(`/internal/reservations?tenantId=default&${query}`, {
          root: true,
          token: parts.bench.world.platform.serviceTokens.mint(),
        });
      const { body } = await ask(`workReportId=${report.id}`);
      expect(body.data).to.have.length(1);
      expect(body.data[0]).to.deep.include({ id: reservation, sku, quantity: 2, state: 'RESERVED', charge: 'BILLED', vatRate: 22 });
      expect((await ask('')).status).to.equal(422);
      expect((await ask(`workReportId=${report.id}&repairId=${repair.id}`)).status).to.equal(422);
    });
  });

  describe('the end of a report', () => {
    it('when it is approved, then what it names is off the shelf once, and the rest back or thrown away', async () => {
      const { id } = await parts.part({}, 9);
      const report = await parts.report();
      const [one, two, three] = [await made(id, report, 2), await made(id, report, 3), await made(id, report)];
      const uses = [use(id, one, 2, { charge: 'WARRANTY' }), use(id, two, 1, { unused: 'SCRAP' })];
      const closed = { ...report, status: 'CLOSED', parts: uses } as const;
      await parts.tellReport(closed, 2);
      expect(await states(id)).to.deep.equal(['RESERVED 2 0', 'RESERVED 3 0', 'RESERVED 1 0']);
      const approved = { ...closed, status: 'APPROVED' } as const;
      await parts.tellReport(approved, 3);
      await parts.tellReport(approved, 3);
      await parts.tellReport(closed, 2);
      await closeTicket(report.ticketId ?? '');
      expect(await states(id)).to.deep.equal(['CONSUMED 2 2', 'CONSUMED 3 1', 'RELEASED 1 0']);
      expect(await ledger(id)).to.deep.equal(['RECEIPT 9', 'CONSUMPTION -2', 'CONSUMPTION -1', 'SCRAP -2']);
      const told = (await parts.told<StockMovedV1>(StockMoved.type)).filter(({ part }) => part.id === id);
      expect(told[1]?.movement).to.deep.include({ workReportId: report.id, reservationId: one, unitPrice: EUR(0) });
      expect(told[1]?.movement).to.not.have.property('repairId');
      expect((await parts.reservations(`partId=${id}`))[0]?.id).to.equal(three);
    });

    it('when it is discarded, then all is free again', async () => {
      const { id } = await parts.part({}, 9);
      const report = await parts.report();
      await made(id, report, 2);
      await parts.tellReport({ ...report, status: 'DISCARDED' }, 2);
      expect(await states(id)).to.deep.equal(['RELEASED 2 0']);
      expect(await parts.show(id)).to.include({ onHand: 9, reserved: 0 });
    });

    it('when the ticket is closed first, then a closed report is consumed and a draft released', async () => {
      const { id } = await parts.part({}, 9);
      const ticketId = randomUUID();
      const [closed, draft] = [await parts.report({ ticketId }), await parts.report({ ticketId })];
      const one = await made(id, closed, 2);
      await made(id, draft, 3);
      await parts.tellReport({ ...closed, status: 'CLOSED', parts: [use(id, one, 1)] }, 2);
      await closeTicket(ticketId);
      await closeTicket(ticketId);
      expect(await states(id)).to.deep.equal(['CONSUMED 2 1', 'RELEASED 3 0']);
      expect(await ledger(id)).to.deep.equal(['RECEIPT 9', 'CONSUMPTION -1']);
      // The customer approves it all the same.
      await parts.tellReport({ ...closed, status: 'APPROVED', parts: [use(id, one, 1)] }, 3);
      expect(await ledger(id)).to.deep.equal(['RECEIPT 9', 'CONSUMPTION -1']);
    });

    it('when the ticket is merged, then its reports go on, and end with the ticket that it was merged into', async () => {
      const { id } = await parts.part({}, 9);
      const [source, target] = [buildTicket(), buildTicket()];
      const [closed, draft] = [await parts.report({ ticketId: source.id }), await parts.report({ ticketId: source.id })];
      const one = await made(id, closed, 2);
      await made(id, draft, 3);
      await parts.tellReport({ ...closed, status: 'CLOSED', parts: [use(id, one, 1)] }, 2);
      const ticket: PublishedTicket = { ...source, status: 'CLOSED', stage: 'CLOSED', mergedIntoId: target.id };
      const into = { id: target.id, ticketNumber: target.ticketNumber };
      await parts.bench.world.publish(TicketMerged, { ticket, into }, { subject: source.id, version: 2 });
      expect(await states(id)).to.deep.equal(['RESERVED 2 0', 'RESERVED 3 0']);
      await made(id, draft);
      await closeTicket(target.id);
      expect(await states(id)).to.deep.equal(['CONSUMED 2 1', 'RELEASED 3 0', 'RELEASED 1 0']);
    });

    it('when the news come in the wrong order, then the end is the same', async () => {
      const { id } = await parts.part({}, 9);
      const report = await parts.report();
      const one = await made(id, report, 2);
      await closeTicket(report.ticketId ?? '', 5);
      expect(await states(id)).to.deep.equal(['RELEASED 2 0']);
      // The report had been closed before the ticket was: its pieces are in the device.
      const closed = { ...report, status: 'CLOSED', parts: [use(id, one, 2)] } as const;
      await parts.tellReport(closed, 2);
      const ticket = buildTicket({ id: report.ticketId ?? '' });
      await parts.bench.world.publish(TicketOpened, { ticket }, { subject: ticket.id });
      await parts.tellReport(closed, 2);
      await parts.tellReport(report, 1);
      expect(await states(id)).to.deep.equal(['CONSUMED 2 2']);
      expect(await ledger(id)).to.deep.equal(['RECEIPT 9', 'CONSUMPTION -2']);
    });

    it('when it is of a repair, then the repair decides', async () => {
      const { id } = await parts.part({}, 9);
      const repair = await parts.repair();
      const reservation = (await parts.reserve(id, repair.id)).body.data.id;
      const report = await parts.report({ repairId: repair.id, parts: [use(id, reservation, 1)] });
      await parts.tellReport({ ...report, status: 'APPROVED' }, 2);
      expect(await states(id)).to.deep.equal(['RESERVED 1 0']);
    });

    it('when it names what was reserved for another report, then that stays', async () => {
      const { id } = await parts.part({}, 9);
      const [mine, theirs] = [await parts.report(), await parts.report()];
      const reservation = await made(id, theirs);
      await parts.tellReport({ ...mine, status: 'APPROVED', parts: [use(id, reservation, 1)] }, 2);
      expect(await states(id)).to.deep.equal(['RESERVED 1 0']);
    });
  });
});
