import { eventually } from '@riparo/shared/testing/eventually';
import { expect } from 'chai';
import { assigned, joinAsEngineer, moveIn, openTicket, type Household } from '../journey/journey.js';
import { mailTo } from '../journey/mailbox.js';
import { createPerson, PASSWORD, type Person } from '../journey/person.js';
import { inOneSharedProcess } from '../systems/modes.js';

interface Ticket {
  readonly id: string;
  readonly stage: string;
  readonly status: string;
  readonly resolution?: string;
  readonly activities: readonly {
    readonly body: string;
    readonly attachments?: readonly { readonly id: string; readonly name: string }[];
  }[];
}

/** The smallest picture there is. */
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

inOneSharedProcess('an equipment desk: administrator, engineer, technician and customer', (scene) => {
  let home: Household;
  let engineer: Person;
  let technicianId: string;
  let technician: Person;
  let ticketId: string;
  before(async () => {
    const { cast } = scene();
    engineer = await joinAsEngineer(cast, 'edith@example.com', 'Edith Engineer');
    technician = createPerson(cast.url, 'tom@example.com');
    const registration = { email: technician.email, password: PASSWORD, name: 'Tom Technician', role: 'TECH', skills: ['HARDWARE'] };
    ({ id: technicianId } = (await technician.post<{ user: { id: string } }>('/auth/register/staff', registration)).user);
    await cast.admin.post(`/registrations/${technicianId}/approve`, {});
    await technician.logIn();
    home = await moveIn(cast.url, 'carla@example.com');
  });
  const stageFor = async (by: Person): Promise<string> => (await by.get<Ticket>(`/tickets/${ticketId}`)).stage;

  it('when users are listed, then there are administrator, engineer, technician and customer', async () => {
    const users = await scene().cast.admin.get<readonly { role: string }[]>('/users');
    expect(new Set(users.map(({ role }) => role))).to.deep.equal(new Set(['SUPER_ADMIN', 'ENGINEER', 'TECH', 'CUSTOMER_ADMIN']));
  });

  it('when a customer creates a ticket with a photo and nobody has it, then it is New', async () => {
    const { admin, url } = scene().cast;
    const { token } = await createPerson(url, home.customer.email).post<{ token: string }>('/auth/login', {
      email: home.customer.email,
      password: PASSWORD,
    });
    const form = new FormData();
    form.set('file', new Blob([PNG]), 'broken.png');
    const sent = await fetch(`${url}/api/v1/attachments`, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: form });
    const { data: photo } = (await sent.json()) as { data: { id: string } };
    const made = await home.customer.post<Ticket>('/tickets', {
      title: 'The pump stands still',
      description: 'It hums and does not turn.',
      category: 'HARDWARE',
      priority: 'HIGH',
      assetId: home.laptopId,
      attachmentIds: [photo.id],
    });
    ticketId = made.id;
    await admin.post(`/tickets/${ticketId}/assign`, { technicianId: null });
    expect(await stageFor(home.customer)).to.equal('NEW');
    const { activities } = await home.customer.get<Ticket>(`/tickets/${ticketId}`);
    expect(activities.flatMap(({ attachments = [] }) => attachments.map(({ name }) => name))).to.deep.equal(['broken.png']);
  });

  it('when the administrator assigns a technician, then it is Opened', async () => {
    await scene().cast.admin.post(`/tickets/${ticketId}/assign`, { technicianId });
    expect(await stageFor(home.customer)).to.equal('OPENED');
    expect((await assigned(home.customer, ticketId)).assignedTo?.name).to.equal('Tom Technician');
  });

  it('when the technician starts assistance, then it is In Progress', async () => {
    await technician.post(`/tickets/${ticketId}/accept`, {});
    expect(await stageFor(home.customer)).to.equal('IN_PROGRESS');
    await technician.patch(`/tickets/${ticketId}/status`, { status: 'WAITING_CUSTOMER' });
    expect(await stageFor(home.customer)).to.equal('IN_PROGRESS');
  });

  it('when the technician says how it was solved, then it is Resolved', async () => {
    await technician.patch(`/tickets/${ticketId}/status`, { status: 'RESOLVED', resolution: 'The bearing was dry. Greased it.' });
    expect(await home.customer.get<Ticket>(`/tickets/${ticketId}`)).to.include({
      stage: 'RESOLVED',
      resolution: 'The bearing was dry. Greased it.',
    });
  });

  it('when the administrator closes the resolved ticket, then it is Closed', async () => {
    await scene().cast.admin.patch(`/tickets/${ticketId}/status`, { status: 'CLOSED' });
    expect(await stageFor(home.customer)).to.equal('CLOSED');
  });

  it('when the ticket is closed, then the history of the equipment tells every intervention', async () => {
    const history = await eventually(async () => {
      const entries = await engineer.get<readonly { type: string; resolution?: string }[]>(`/assets/${home.laptopId}/history`);
      return entries.some(({ type }) => type === 'TICKET_CLOSED') && entries;
    });
    expect(history.map(({ type }) => type)).to.include.members(['REGISTERED', 'TICKET_OPENED', 'TICKET_ASSIGNED', 'TICKET_RESOLVED']);
    expect(history.map(({ resolution }) => resolution)).to.include('The bearing was dry. Greased it.');
  });

  it('when the same equipment has another ticket, then it goes to who knows it', async () => {
    const again = await openTicket(home.customer, 'The pump hums again', home.laptopId);
    expect((await assigned(home.customer, again.id)).assignedTo?.name).to.equal('Tom Technician');
  });

  it('when a stage is reached, then the customer is notified', async () => {
    for (const subject of [/received/, /takes care/, /in progress/, /Resolved/, /Closed/])
      await mailTo(scene().cast.mailbox, home.customer.email, subject);
  });
});
