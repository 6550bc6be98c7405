import { eventually } from '@riparo/shared/testing/eventually';
import { expect } from 'chai';
import { eachMode } from '../systems/modes.js';
import { joinAsEngineer, moveIn, type Cast } from './journey.js';
import { mailTo } from './mailbox.js';
import { createPerson, PASSWORD, type Person, type Problem } from './person.js';

interface Ticket {
  readonly id: string;
  readonly ticketNumber: string;
  readonly stage: string;
  readonly status: string;
  readonly vehicle?: { readonly id: string; readonly plate: string };
  readonly activities: readonly { readonly type: string; readonly attachments?: readonly { readonly id: string }[] }[];
}
interface Appointment {
  readonly id: string;
  readonly vehicle?: { readonly id: string };
}
interface WorkReport {
  readonly id: string;
  readonly number: string;
  readonly status: string;
  readonly documentHash?: string;
  readonly total?: { readonly amount: number };
}
interface Slot {
  readonly startAt: string;
  readonly endAt: string;
}
interface Part {
  readonly id: string;
  readonly onHand: number;
  readonly reserved: number;
}
interface Invoice {
  readonly id: string;
  readonly status: string;
  readonly total: { readonly amount: number };
}

/** Two of every service; in one process these say nothing. */
const TWO_OF_EACH = Object.fromEntries(
  ['AUTH', 'TICKETS', 'ASSETS', 'NOTIFICATIONS', 'REPORTS', 'BILLING'].map((name) => [`${name}_INSTANCES`, '2']),
);
const CUSTOMER = 'carla@example.com';
const DAY_MS = 86_400_000;
const day = (offset: number): string => new Date(Date.now() + offset * DAY_MS).toISOString().slice(0, 10);

/** Eight by six pixels in blue. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAGCAIAAABxZ0isAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAEUlEQVQI12NQcjmDFTEMpAQAsMY5YQzseG4AAAAASUVORK5CYII=',
  'base64',
);

/** Uploads a photo as the person with this address, for a text or a report that will carry it. */
const uploadPhoto = async (url: string, email: string): Promise<string> => {
  const { token } = await createPerson(url, email).post<{ token: string }>('/auth/login', { email, password: PASSWORD });
  const form = new FormData();
  form.append('file', new Blob([PICTURE]), 'photo.png');
  const response = await fetch(`${url}/api/v1/attachments`, { method: 'POST', body: form, headers: { authorization: `Bearer ${token}` } });
  expect(response.status).to.equal(201);
  return ((await response.json()) as { data: { id: string } }).data.id;
};

/** The centre with its prices, a van and a part, a technician, and a customer with a location. */
const furnish = async (cast: Cast) => {
  const { url, admin: desk } = cast;
  const tess = await joinAsEngineer(cast, 'tess@example.com', 'Tess Technician');
  const { customer } = await moveIn(url, CUSTOMER);
  const { version: _version, updatedAt: _updatedAt, ...kept } = await desk.get<Readonly<Record<string, unknown>>>('/settings');
  const workTerms = { labourPerHour: 6_000, labourStepMinutes: 15, travelPerKm: 100, callOutFee: 2_000, approval: 'ONSITE_VISITS' };
  await desk.put('/settings', { ...kept, workTerms });
  const van = await desk.post<{ id: string }>('/vehicles', { plate: 'FG 123 HJ', brand: 'Fiat', model: 'Doblò', odometerKm: 42_000 });
  const part = await desk.post<Part>('/parts', { sku: 'PSU-650', name: 'Power supply', salePrice: 8_000, cost: 4_000, vatRate: 22 });
  await desk.post(`/parts/${part.id}/movements`, { kind: 'RECEIPT', quantity: 2 });
  const [home] = await customer.get<readonly { id: string }[]>('/locations');
  return { tess, customer, van, part, locationId: home?.id };
};

interface Processed {
  readonly desk: Person;
  readonly customer: Person;
  readonly ticket: Ticket;
  readonly van: { readonly id: string };
}

/** The invoice says what the report says; it is paid, and everything that was counted agrees. */
const process = async ({ desk, customer, ticket, van }: Processed): Promise<void> => {
  const invoice = await eventually(() => desk.post<Invoice>('/invoices', { ticketId: ticket.id, kind: 'INVOICE' }));
  expect(invoice.total.amount).to.equal(17_385);
  const paid = await desk.post<Invoice>(`/invoices/${invoice.id}/payments`, { method: 'CARD', amount: 17_385 });
  expect(paid.status).to.equal('PAID');
  await desk.patch(`/tickets/${ticket.id}/status`, { status: 'CLOSED' });
  expect((await customer.get<Ticket>(`/tickets/${ticket.id}`)).stage).to.equal('CLOSED');

  await eventually(async () => {
    const log = await desk.get<readonly { readonly visit: { readonly number: string }; readonly km?: number }[]>(`/vehicles/${van.id}/log`);
    expect(log.map(({ visit: { number }, km }) => [number, km])).to.deep.equal([[ticket.ticketNumber, 25]]);
    expect(await desk.get<{ odometerKm: number }>(`/vehicles/${van.id}`)).to.include({ odometerKm: 42_025 });
    const { activities } = await customer.get<Ticket>(`/tickets/${ticket.id}`);
    // Started is for staff; closed, disputed, closed, approved.
    expect(activities.filter(({ type }) => type === 'WORK_REPORT').length).to.be.greaterThan(3);
    const { totals } = await desk.get<{ totals: readonly { net: { amount: number } }[] }>('/reports/payments');
    expect(totals.map(({ net }) => net.amount)).to.deep.equal([17_385]);
    return true;
  });
};

eachMode('work on site, from the ticket to its invoice', (begin) => {
  it('when a ticket needs a visit, then eight steps and five stages lead from its photo to its invoice', async () => {
    const { system, cast } = await begin(TWO_OF_EACH);
    const { url, mailbox, admin: desk } = cast;
    const { tess, customer, van, part, locationId } = await furnish(cast);
    const read = (person: Person, id: string) => person.get<Ticket>(`/tickets/${id}`);
    const stageOf = async (id: string): Promise<string> => (await read(customer, id)).stage;

    // 1. The customer creates a ticket with a photo. Nobody here knows networks, so that it waits for the desk.
    const photo = await uploadPhoto(url, CUSTOMER);
    const ticket = await customer.post<Ticket>('/tickets', {
      title: 'The server in the cellar does not start',
      description: 'It clicks, and nothing more.',
      category: 'NETWORK',
      priority: 'HIGH',
      locationId,
    });
    await customer.post(`/tickets/${ticket.id}/reply`, { body: 'This is how it looks.', attachmentIds: [photo] });
    expect(await stageOf(ticket.id)).to.equal('NEW');

    // 2. The desk assigns technician and vehicle, and books the visit.
    const [{ id: tessId } = { id: '' }] = await desk.get<readonly { id: string }[]>('/users?search=tess');
    const assigned = await eventually(() => desk.post<Ticket>(`/tickets/${ticket.id}/assign`, { technicianId: tessId, vehicleId: van.id }));
    expect([assigned.stage, assigned.vehicle?.plate]).to.deep.equal(['OPENED', 'FG123HJ']);
    const slots = await desk.get<readonly Slot[]>(
      `/appointments/slots?type=ONSITE_VISIT&durationMinutes=60&from=${day(1)}&to=${day(8)}&technicianId=${tessId}`,
    );
    const [{ startAt, endAt } = { startAt: '', endAt: '' }] = slots;
    const visit = await desk.post<Appointment>('/appointments', {
      ticketId: ticket.id,
      type: 'ONSITE_VISIT',
      scheduledStartAt: startAt,
      scheduledEndAt: endAt,
      technicianId: tessId,
      locationId,
    });
    expect(visit.vehicle?.id).to.equal(van.id);
    const other = await customer.post<Ticket>('/tickets', {
      title: 'Another one',
      description: 'Too.',
      category: 'NETWORK',
      priority: 'LOW',
    });
    const both = await desk.send<Problem>('POST', '/appointments', {
      ticketId: other.id,
      type: 'ONSITE_VISIT',
      scheduledStartAt: startAt,
      scheduledEndAt: endAt,
      vehicleId: van.id,
      locationId,
    });
    expect(both.status, JSON.stringify(both.body)).to.equal(409);

    // 3. The technician opens it and starts.
    await tess.post(`/tickets/${ticket.id}/accept`, {});
    expect(await stageOf(ticket.id)).to.equal('IN_PROGRESS');
    for (const status of ['IN_TRANSIT', 'IN_PROGRESS']) await tess.post(`/appointments/${visit.id}/status`, { status });

    // 4. The report: what was found and done, parts, travel, photo.
    const report = await tess.post<WorkReport>(`/tickets/${ticket.id}/work-reports`, { appointmentId: visit.id });
    expect(report.number).to.match(/^WR-\d{4}-000001$/);
    const reservation = await eventually(() =>
      tess.post<{ id: string; state: string }>('/parts/reservations', { partId: part.id, workReportId: report.id, quantity: 1 }),
    );
    expect(reservation.state).to.equal('RESERVED');
    const [startedAt, endedAt] = [new Date(Date.now() - 3_600_000).toISOString(), new Date().toISOString()];
    await tess.patch(`/work-reports/${report.id}`, {
      malfunctions: [{ component: 'Power supply', symptom: 'Clicks, does not start', cause: 'Burst capacitor' }],
      solution: 'Changed the power supply and tested for half an hour.',
      startedAt,
      endedAt,
      labourMinutes: 50,
      travel: { distanceKm: 12.5, minutes: 20 },
      odometer: { start: 42_000, end: 42_025 },
      parts: [{ reservationId: reservation.id, used: 1 }],
      photos: [await uploadPhoto(url, 'tess@example.com')],
    });
    const resolve = () =>
      tess.send<Problem>('PATCH', `/tickets/${ticket.id}/status`, { status: 'RESOLVED', resolution: 'New power supply' });

    // 5. The technician closes it: nothing of it changes any more, and the customer has it.
    const closed = await tess.post<WorkReport>(`/work-reports/${report.id}/close`, {});
    // One hour in steps, 12.5 km, the call-out and the part: 60.00 + 12.50 + 20.00 + 80.00, and 22 % VAT.
    expect([closed.status, closed.total?.amount]).to.deep.equal(['CLOSED', 21_045]);
    expect((await resolve()).body.code).to.equal('WORK_REPORT_NOT_APPROVED');
    const mail = await mailTo(mailbox, CUSTOMER, new RegExp(closed.number));
    expect(mail.text).to.match(/\/sign\//);

    // 6. The customer disputes, the technician corrects, and the customer approves on the technician's device.
    await customer.post(`/work-reports/${report.id}/dispute`, { reason: 'It was half an hour less.' });
    await tess.patch(`/work-reports/${report.id}`, { labourMinutes: 30 });
    const corrected = await tess.post<WorkReport>(`/work-reports/${report.id}/close`, {});
    expect(corrected.total?.amount).to.equal(17_385);
    const { approvalToken } = await tess.post<{ approvalToken: string }>('/auth/approvals', {
      email: CUSTOMER,
      password: PASSWORD,
      purpose: 'sign:work-report',
      subjectId: report.id,
    });
    const outdated = await tess.send<Problem>('POST', `/work-reports/${report.id}/approve`, {
      approvalToken,
      documentHash: closed.documentHash,
    });
    expect([outdated.status, outdated.body.code]).to.deep.equal([409, 'WORK_REPORT_CHANGED']);
    const approved = await tess.post<WorkReport>(`/work-reports/${report.id}/approve`, {
      approvalToken,
      documentHash: corrected.documentHash,
    });
    expect(approved.status).to.equal('APPROVED');
    // Everything dies between the approval and what follows from it.
    await system.kill();
    await system.start();
    await eventually(async () => {
      const { onHand, reserved } = await desk.get<Part>(`/parts/${part.id}`);
      expect([onHand, reserved]).to.deep.equal([1, 0]);
      return true;
    });

    // 7. The technician finishes.
    await tess.post(`/appointments/${visit.id}/status`, { status: 'COMPLETED', completionSummary: 'New power supply' });
    expect((await resolve()).status).to.equal(200);
    expect(await stageOf(ticket.id)).to.equal('RESOLVED');

    // 8. The desk processes the ticket.
    await process({ desk, customer, ticket, van });
  });
});
