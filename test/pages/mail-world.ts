import type { PublishedAppointment } from '@riparo/shared/contracts/appointments.events';
import { AppointmentBooked } from '@riparo/shared/contracts/appointments.events';
import type { EventContract } from '@riparo/shared/contracts/event';
import { InvoiceIssued, type PublishedInvoice } from '@riparo/shared/contracts/invoices.events';
import { QuoteSent, type PublishedQuote } from '@riparo/shared/contracts/quotes.events';
import { RepairCompleted, type PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import { TicketClosed, type PublishedTicket } from '@riparo/shared/contracts/tickets.events';
import { WorkReportClosed, type PublishedWorkReport } from '@riparo/shared/contracts/work-reports.events';
import { on } from '@riparo/shared/messaging/bus';
import { eventually } from '@riparo/shared/testing/eventually';
import { joinAsEngineer, moveIn, rejectRegistration, type Cast } from '../journey/journey.js';
import type { Person } from '../journey/person.js';
import type { Installation } from '../tenants/installation.js';

interface Named {
  readonly id: string;
}

/** One thing of each kind that mails are about, as its service published it, and who has to do with it. */
export interface MailWorld {
  readonly ticket: PublishedTicket;
  readonly appointment: PublishedAppointment;
  readonly repair: PublishedRepair;
  readonly quote: PublishedQuote;
  readonly invoice: PublishedInvoice;
  readonly workReport: PublishedWorkReport;
  readonly engineerId: string;
  readonly adminId: string;
  /** A customer who can sign in. */
  readonly holder: { readonly customerId: string; readonly userId: string };
}

/** Resolves to what the next event of a contract carries. */
const nextOf = async <T>({ bus }: Pick<Installation, 'bus'>, contract: EventContract<T>): Promise<() => Promise<T>> => {
  const seen: T[] = [];
  await bus.listen([on(contract, ({ data }) => Promise.resolve(void seen.push(data)))]);
  return () => eventually(() => seen[0]);
};

const LABOUR = { kind: 'LABOUR', description: 'Work', unitPrice: 6_000, vatRate: 22, minutes: 60 };
const WALK_IN = { type: 'INDIVIDUAL', name: 'Tina', surname: 'Blu', contactPhone: '+39 059 123456', contactEmail: 'tina@walk-in.example' };

const repairs = async (admin: Person, engineer: Person) => {
  const takeIn = async (serialNumber: string): Promise<Named> => {
    const device = { category: 'PHONE', brand: 'Fairphone', model: '5', serialNumber };
    const repair = await admin.post<Named>('/repairs', { device, problemDescription: 'Broken', customer: WALK_IN });
    await eventually(() => engineer.post(`/repairs/${repair.id}/take`, {}).then(() => true));
    return repair;
  };
  const quoted = await takeIn('MAIL-1');
  const quote = await eventually(() => engineer.post<Named>('/quotes', { repairId: quoted.id, lines: [LABOUR] }));
  await engineer.post(`/quotes/${quote.id}/send`, {});
  const done = await takeIn('MAIL-2');
  await engineer.post(`/repairs/${done.id}/complete`, { description: 'New display', lines: [LABOUR] });
  await eventually(() => admin.post('/invoices', { repairId: done.id, kind: 'RECEIPT' }).then(() => true));
};

const tickets = async (admin: Person, engineer: Person, customerId: string) => {
  const open = (title: string) =>
    eventually(() =>
      admin.post<Named>('/tickets', { customerId, title, description: 'It is slow.', category: 'HARDWARE', source: 'PHONE' }),
    );
  const rated = await open('Screen stays black');
  await eventually(() => engineer.patch(`/tickets/${rated.id}/status`, { status: 'RESOLVED', resolution: 'New cable' }).then(() => true));
  await engineer.patch(`/tickets/${rated.id}/status`, { status: 'CLOSED' });
  const visited = await open('Cannot print');
  const slots = await admin.get<readonly { startAt: string; endAt: string }[]>('/appointments/slots?type=REMOTE_SESSION');
  const { startAt, endAt } = slots.at(-1) ?? {};
  await admin.post(`/tickets/${visited.id}/appointments`, { type: 'REMOTE_SESSION', scheduledStartAt: startAt, scheduledEndAt: endAt });
  const report = await eventually(() => engineer.post<Named>(`/tickets/${visited.id}/work-reports`, {}));
  const [end, start] = [new Date(), new Date(Date.now() - 3_600_000)];
  await engineer.patch(`/work-reports/${report.id}`, {
    startedAt: start,
    endedAt: end,
    malfunctions: [{ component: 'Driver', symptom: 'Prints nothing' }],
    solution: 'New driver',
    labourMinutes: 30,
  });
  await engineer.post(`/work-reports/${report.id}/close`, {});
};

/** Everything that mails are about, made through the API. */
export const furnish = async (installation: Installation, cast: Cast): Promise<MailWorld> => {
  const { admin, url } = cast;
  const [ticket, appointment, repair, quote, invoice, workReport] = await Promise.all([
    nextOf(installation, TicketClosed),
    nextOf(installation, AppointmentBooked),
    nextOf(installation, RepairCompleted),
    nextOf(installation, QuoteSent),
    nextOf(installation, InvoiceIssued),
    nextOf(installation, WorkReportClosed),
  ]);
  const engineer = await joinAsEngineer(cast, 'edith@example.com', 'Edith Engineer');
  await rejectRegistration(cast, 'nemo@example.com');
  const { customer: holder } = await moveIn(url, 'carla@example.com');
  const meOf = async (person: Person) =>
    (await person.get<{ readonly user: { readonly id: string; readonly customerId?: string } }>('/auth/me')).user;
  const { id: customerId } = await admin.post<Named>('/customers', WALK_IN);
  await repairs(admin, engineer);
  await tickets(admin, engineer, customerId);
  const [{ id: engineerId }, { id: adminId }, { id: userId, customerId: own = '' }] = await Promise.all([
    meOf(engineer),
    meOf(admin),
    meOf(holder),
  ]);
  return {
    ticket: (await ticket()).ticket,
    appointment: (await appointment()).appointment,
    repair: (await repair()).repair,
    quote: (await quote()).quote,
    invoice: (await invoice()).invoice,
    workReport: (await workReport()).workReport,
    ...{ engineerId, adminId, holder: { customerId: own, userId } },
  };
};
