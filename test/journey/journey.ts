import { expect } from 'chai';
import { createPerson, PASSWORD, type Person, type Problem } from './person.js';
import { mailTo, type Mailbox } from './mailbox.js';
import { eventually } from '@riparo/shared/testing/eventually';

interface Ticket {
  readonly id: string;
  readonly ticketNumber: string;
  readonly status: string;
  readonly stage: string;
  readonly assignedTo?: { readonly id: string; readonly name: string };
  readonly resolution?: string;
  readonly activities: readonly { readonly type: string; readonly body: string; readonly isInternal: boolean }[];
}

interface Registration {
  readonly id: string;
  readonly email: string;
}

/** Who takes part and what they made, handed from step to step. */
export interface Cast {
  readonly url: string;
  readonly mailbox: Mailbox;
  readonly admin: Person;
}

const ENGINEER = { role: 'ENGINEER', skills: ['HARDWARE', 'SOFTWARE'] } as const;

export const registerStaff = async (url: string, email: string, name: string): Promise<Person> => {
  const person = createPerson(url, email);
  await person.post('/auth/register/staff', { email, password: PASSWORD, name, ...ENGINEER });
  return person;
};

const registrationOf = async (admin: Person, email: string): Promise<Registration> => {
  const pending = await admin.get<readonly Registration[]>('/registrations?status=PENDING');
  const found = pending.find((one) => one.email === email);
  if (!found) throw new Error(`no registration of ${email} among ${JSON.stringify(pending)}`);
  return found;
};

/** Registers, is told to wait, is approved, is told so by mail, and can log in. */
export const joinAsEngineer = async ({ url, mailbox, admin }: Cast, email: string, name: string): Promise<Person> => {
  const engineer = await registerStaff(url, email, name);
  const refused = await engineer.send<Problem>('POST', '/auth/login', { email, password: PASSWORD });
  expect(refused.status).to.equal(403);
  expect(refused.body.code).to.equal('REGISTRATION_PENDING');
  expect(refused.body.detail).to.match(/approv/i);
  const { id } = await registrationOf(admin, email);
  await admin.post(`/registrations/${id}/approve`, {});
  await mailTo(mailbox, email, /approved/i);
  await engineer.logIn();
  return engineer;
};

/** Is rejected with a reason, is told it by mail, and cannot log in. */
export const rejectRegistration = async ({ url, mailbox, admin }: Cast, email: string): Promise<void> => {
  const refused = await registerStaff(url, email, 'Nemo Nobody');
  const { id } = await registrationOf(admin, email);
  await admin.post(`/registrations/${id}/reject`, { reason: 'We know nobody of that name.' });
  const mail = await mailTo(mailbox, email, /registration/i);
  expect(mail.text).to.contain('We know nobody of that name.');
  const login = await refused.send<Problem>('POST', '/auth/login', { email, password: PASSWORD });
  expect([login.status, login.body.code]).to.deep.equal([403, 'REGISTRATION_REJECTED']);
};

export interface Household {
  readonly customer: Person;
  readonly laptopId: string;
}

/** A customer registers without approval, adds a location and a laptop. */
export const moveIn = async (url: string, email: string): Promise<Household> => {
  const customer = createPerson(url, email);
  const profile = { type: 'INDIVIDUAL', name: 'Carla', surname: 'Bruni', contactEmail: email, contactPhone: '+390212345678' };
  await customer.post('/auth/register', { email, password: PASSWORD, name: 'Carla Bruni', customer: profile });
  await customer.logIn();
  const address = { addressLine1: 'Via Roma 1', city: 'Milano', state: 'MI', postalCode: '20121', country: 'IT' };
  // The customer may still be on its way to the assets service; a refusal then says so and is tried again.
  const location = await eventually(() => customer.post<{ id: string }>('/locations', { name: 'Home', ...address }, `${email}-home`));
  const laptop = await customer.post<{ id: string }>('/assets', {
    friendlyName: "Carla's laptop",
    category: 'LAPTOP',
    brand: 'Dell',
    model: 'Latitude 7420',
    serialNumber: `SN-${email}`,
    locationId: location.id,
    primaryUser: 'Carla',
    os: 'Windows 11 Pro',
  });
  return { customer, laptopId: laptop.id };
};

export const openTicket = (customer: Person, title: string, assetId?: string, key?: string): Promise<Ticket> =>
  customer.post<Ticket>(
    '/tickets',
    {
      title,
      description: 'It shows a black screen.',
      category: 'HARDWARE',
      priority: 'HIGH',
      ...(assetId === undefined ? {} : { assetId }),
    },
    key,
  );

export const assigned = (person: Person, id: string): Promise<Ticket> =>
  eventually(async () => {
    const ticket = await person.get<Ticket>(`/tickets/${id}`);
    return ticket.assignedTo !== undefined && ticket;
  });

/** The engineer finds the ticket, accepts, replies and resolves; the customer sees each step at once. */
export const workOn = async (engineer: Person, customer: Person, ticketId: string): Promise<void> => {
  const mine = await engineer.get<readonly Ticket[]>('/tickets?active=true');
  expect(mine.map(({ id }) => id)).to.include(ticketId);
  await engineer.post(`/tickets/${ticketId}/accept`, {});
  expect((await customer.get<Ticket>(`/tickets/${ticketId}`)).status).to.equal('IN_PROGRESS');
  await engineer.post(`/tickets/${ticketId}/notes`, { body: 'Smells burnt.', isInternal: true });
  await engineer.post(`/tickets/${ticketId}/reply`, { body: 'We are looking into it.' });
  const seen = await customer.get<Ticket>(`/tickets/${ticketId}`);
  expect(seen.activities.map(({ body }) => body)).to.include('We are looking into it.');
  expect(seen.activities.map(({ body }) => body)).to.not.include('Smells burnt.');
  await engineer.patch(`/tickets/${ticketId}/status`, { status: 'RESOLVED', resolution: 'Replaced the hard drive.' });
  const done = await customer.get<Ticket>(`/tickets/${ticketId}`);
  expect([done.status, done.stage, done.resolution]).to.deep.equal(['RESOLVED', 'RESOLVED', 'Replaced the hard drive.']);
};

interface Figures {
  readonly openTicketCount: number;
  readonly totalTicketCount: number;
  readonly lastTicketAt?: string;
  readonly lastServiceAt?: string;
}

export const laptopShows = (customer: Person, laptopId: string, open: number, total: number): Promise<Figures> =>
  eventually(async () => {
    const laptop = await customer.get<Figures>(`/assets/${laptopId}`);
    expect([laptop.openTicketCount, laptop.totalTicketCount]).to.deep.equal([open, total]);
    return laptop;
  });

/** A notification raised through the API is sent to everyone listed, and its result can be read. */
export const announce = async ({ mailbox, admin }: Cast, recipients: readonly string[]): Promise<void> => {
  const { id } = await admin.post<{ id: string }>('/notifications', {
    channel: 'EMAIL',
    recipients,
    subject: 'We are closed on Monday',
    body: 'The desk opens again on Tuesday at nine.',
  });
  for (const recipient of recipients) await mailTo(mailbox, recipient, /closed on Monday/);
  await eventually(async () => {
    const notification = await admin.get<{ status: string }>(`/notifications/${id}`);
    expect(notification.status, JSON.stringify(notification)).to.equal('SENT');
    return true;
  });
};

interface TicketReport {
  readonly resolvedByTechnician: readonly { readonly technicianId: string; readonly name: string; readonly resolved: number }[];
}

export const reportShows = async (admin: Person, name: string, resolved: number): Promise<void> => {
  const day = 24 * 60 * 60 * 1000;
  const date = (offset: number): string => new Date(Date.now() + offset * day).toISOString().slice(0, 10);
  await eventually(async () => {
    const report = await admin.get<TicketReport>(`/reports/tickets?from=${date(-1)}&to=${date(2)}`);
    expect(report.resolvedByTechnician.map((row) => [row.name, row.resolved])).to.deep.include([name, resolved]);
    return true;
  });
};
