import { expect } from 'chai';
import { eventually } from '@riparo/shared/testing/eventually';
import { DAY_MS } from '@riparo/shared/time/units';
import { openTicket, type Cast } from './journey.js';
import type { Mailbox } from './mailbox.js';
import type { Person } from './person.js';
import type { Crew, Noted } from './shift.js';

interface Entry {
  readonly type: string;
  readonly body: string;
}

interface Ticket {
  readonly id: string;
  readonly ticketNumber: string;
  readonly title: string;
  readonly status: string;
  readonly customerId: string;
  readonly assetId?: string;
  readonly resolution?: string;
  readonly resolvedByUserId?: string;
  readonly activities: readonly Entry[];
}

/** Long enough for the mails that a killed process had under way to be taken over by the next one. */
const SOON = { everyMs: 100 };

/** Every ticket that there is, with its timeline, as the administrator sees it. */
export const allTickets = async (admin: Person): Promise<readonly Ticket[]> => {
  const listed = await admin.get<readonly Ticket[]>('/tickets?pageSize=100');
  return Promise.all(listed.map(({ id }) => admin.get<Ticket>(`/tickets/${id}`)));
};

/** Everything acknowledged is there, made once, and numbered without gaps. */
export const ticketsAreComplete = async (admin: Person, noted: readonly Noted[]): Promise<void> => {
  for (const { customer, title, assetId, key, id } of noted)
    expect((await openTicket(customer.person, title, assetId, key)).id, `${key} again`).to.equal(id);
  const tickets = await allTickets(admin);
  expect(tickets.map(({ id }) => id)).to.have.members(noted.map(({ id }) => id));
  const numbers = tickets.map(({ ticketNumber }) => Number(ticketNumber.split('-')[2])).sort((a, b) => a - b);
  expect(numbers).to.deep.equal(tickets.map((_, index) => index + 1));
  for (const { id, ticketNumber, title, reply, resolution } of noted) {
    const ticket = tickets.find((one) => one.id === id);
    const { activities = [] } = ticket ?? {};
    expect(ticket, title).to.include({ ticketNumber, title, status: resolution === undefined ? 'IN_PROGRESS' : 'RESOLVED' });
    expect(ticket?.resolution, title).to.equal(resolution);
    expect(activities.filter(({ type }) => type === 'COMMENT').map(({ body }) => body)).to.deep.equal([reply]);
    expect(activities.filter(({ type }) => type === 'RESOLUTION')).to.have.length(resolution === undefined ? 0 : 1);
    expect(activities.filter(({ type }) => type === 'STATUS_CHANGE')).to.have.length(1);
    expect(activities.filter(({ type }) => type === 'ASSIGNMENT')).to.have.length(1);
  }
};

/** Who is to be told what of a ticket: `<address> <subject>`. */
const mailsAbout = ({ ticketNumber, title, customer, engineer, resolution }: Noted): readonly string[] => {
  const toCustomer = [
    `We have received your request: ${title}`,
    `${engineer?.name ?? ''} takes care of your request`,
    `in progress: ${title}`,
    `New reply: ${title}`,
    ...(resolution === undefined ? [] : [`Resolved: ${title}`]),
  ];
  return [
    ...toCustomer.map((subject) => `${customer.person.email} [${ticketNumber}] ${subject}`),
    `${engineer?.person.email ?? ''} [${ticketNumber}] Assigned to you: ${title}`,
  ];
};

/** Of each mail, by recipient and subject, the Message-IDs that have arrived. */
const arrivedAt = (mailbox: Mailbox): ReadonlyMap<string, readonly string[]> => {
  const arrived = new Map<string, string[]>();
  for (const { to, subject, messageId } of mailbox.mails()) {
    const mail = `${to.join()} ${subject}`;
    arrived.set(mail, [...(arrived.get(mail) ?? []), messageId]);
  }
  return arrived;
};

/** Waits until everybody has got every mail about these tickets. */
export const mailsArrive = (mailbox: Mailbox, noted: readonly Noted[]): Promise<boolean> =>
  eventually(() => {
    const arrived = arrivedAt(mailbox);
    const missing = noted.flatMap(mailsAbout).filter((mail) => !arrived.has(mail));
    expect(missing, 'mails that have not arrived').to.deep.equal([]);
    return true;
  }, SOON);

/**
 * Nobody got a mail that was not due, and none twice, but for what was handed over to the mail server and not yet
 * written down when everything was killed: of each such mail one copy for each kill, with the same Message-ID.
 */
export const mailsAreSingle = (mailbox: Mailbox, noted: readonly Noted[], kills = 0): void => {
  const arrived = arrivedAt(mailbox);
  const aboutTickets = [...arrived.keys()].filter((mail) => mail.includes('[TKT-'));
  expect(aboutTickets).to.have.members(noted.flatMap(mailsAbout));
  for (const [mail, ids] of arrived) {
    expect(new Set(ids).size, `Message-IDs of ${mail}`).to.equal(1);
    expect(ids.length, `copies of ${mail}`).to.be.at.most(1 + kills);
  }
};

const isOpen = ({ status }: Ticket): boolean => status !== 'RESOLVED' && status !== 'CLOSED';

/** What devices say of their tickets equals a recount. */
export const devicesAgree = async (admin: Person, { customers }: Crew): Promise<void> => {
  const tickets = await allTickets(admin);
  for (const { person, laptopId } of customers) {
    const about = tickets.filter(({ assetId }) => assetId === laptopId);
    const recounted = { openTicketCount: about.filter(isOpen).length, totalTicketCount: about.length };
    await eventually(async () => {
      expect(await person.get(`/assets/${laptopId}`), person.email).to.include(recounted);
      return true;
    }, SOON);
  }
};

interface Report {
  readonly opened: number;
  readonly resolved: number;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly resolvedByTechnician: readonly { readonly technicianId: string; readonly name: string; readonly resolved: number }[];
}

const date = (offset: number): string => new Date(Date.now() + offset * DAY_MS).toISOString().slice(0, 10);

/** The report of these days equals a recount. */
export const reportAgrees = async ({ admin }: Cast, { engineers }: Crew): Promise<void> => {
  const tickets = await allTickets(admin);
  const resolvedBy = engineers.map(({ id, name }) => ({
    technicianId: id,
    name,
    resolved: tickets.filter(({ resolvedByUserId }) => resolvedByUserId === id).length,
  }));
  const counted = (status: string): number => tickets.filter((ticket) => ticket.status === status).length;
  await eventually(async () => {
    const report = await admin.get<Report>(`/reports/tickets?from=${date(-1)}&to=${date(2)}`);
    expect(report).to.include({ opened: tickets.length, resolved: counted('RESOLVED') });
    expect(report.byStatus).to.include({ IN_PROGRESS: counted('IN_PROGRESS'), RESOLVED: counted('RESOLVED') });
    const rows = report.resolvedByTechnician.map(({ technicianId, name, resolved }) => ({ technicianId, name, resolved }));
    expect(rows).to.have.deep.members(resolvedBy.filter(({ resolved }) => resolved > 0));
    return true;
  }, SOON);
};
