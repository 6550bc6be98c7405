import { eventually } from '@riparo/shared/testing/eventually';
import { expect } from 'chai';
import { assigned, joinAsEngineer, laptopShows, moveIn, openTicket, type Household } from '../journey/journey.js';
import { mailTo } from '../journey/mailbox.js';
import { createPerson, PASSWORD, type Person, type Problem } from '../journey/person.js';
import { inOneSharedProcess } from '../systems/modes.js';

interface Ticket {
  readonly id: string;
  readonly ticketNumber: string;
  readonly customerId: string;
  readonly title: string;
  readonly status: string;
  readonly asset?: { readonly id: string; readonly friendlyName: string };
  readonly location?: { readonly id: string; readonly name: string };
  readonly locationId?: string;
  readonly assignedTo?: { readonly id: string; readonly name: string };
  readonly appointment?: { readonly id: string; readonly status: string };
  readonly activities: readonly {
    readonly id: string;
    readonly type: string;
    readonly body: string;
    readonly isInternal: boolean;
    readonly author?: { readonly name: string };
    readonly createdAt: string;
  }[];
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

inOneSharedProcess('a support portal: a household with devices, the desk and its technicians', (scene) => {
  let home: Household;
  let customer: Person;
  let agent: Person;
  let technician: Person;
  let colleague: Person;
  let ticket: Ticket;

  const invite = async (by: Person, email: string, body: object): Promise<Person> => {
    await by.post('/users', { email, name: email, ...body });
    const { text } = await mailTo(scene().cast.mailbox, email, /./);
    const person = createPerson(scene().cast.url, email);
    await person.post('/auth/accept-invitation', { token: /token=([\w-]+)/.exec(text)?.[1], password: PASSWORD });
    await person.logIn();
    return person;
  };
  before(async () => {
    const { cast } = scene();
    home = await moveIn(cast.url, 'joel@example.com');
    ({ customer } = home);
    agent = await invite(cast.admin, 'desk@example.com', { role: 'AGENT' });
    technician = await joinAsEngineer(cast, 'tech@example.com', 'Tech Support');
    await cast.admin.patch(`/users/${(await technician.get<{ user: { id: string } }>('/auth/me')).user.id}`, { role: 'TECH' });
    await technician.logIn();
  });
  const read = (by: Person = customer): Promise<Ticket> => by.get<Ticket>(`/tickets/${ticket.id}`);
  const ids = async (by: Person, path: string): Promise<readonly string[]> => (await by.get<readonly Ticket[]>(path)).map(({ id }) => id);
  const statusOf = async (by: Person, method: string, path: string, body?: unknown): Promise<number> =>
    (await by.send(method, path, body)).status;

  describe('a customer opens a ticket and follows it', () => {
    it('when a customer opens a ticket, then it has what they said, with or without device and place', async () => {
      const request = { title: "Laptop won't boot", description: 'Screen shows black on startup', category: 'HARDWARE', priority: 'HIGH' };
      ticket = await customer.post<Ticket>('/tickets', { ...request, assetId: home.laptopId });
      expect(ticket).to.include({ ...request, status: 'OPEN', source: 'PORTAL' });
      const plain = await customer.post<Ticket>('/tickets', request);
      expect(plain.asset).to.equal(undefined);
      const [place] = await customer.get<readonly { id: string }[]>('/locations');
      const there = await customer.post<Ticket>('/tickets', { ...request, locationId: place?.id });
      expect(there.locationId).to.equal(place?.id);
    });

    it('when a ticket is answered, then ids are UUIDs, moments ISO 8601, and its number names the year', () => {
      expect(ticket.id).to.match(UUID);
      expect((ticket as unknown as { createdAt: string }).createdAt).to.match(INSTANT);
      expect(ticket.ticketNumber).to.match(/^TKT-\d{4}-\d{3}$/);
    });

    it('when one ticket is asked for, then it has a timestamp, and a list has pagination', async () => {
      const one = await customer.send<{ data: Ticket; timestamp: string }>('GET', `/tickets/${ticket.id}`);
      expect(one.body.timestamp).to.match(INSTANT);
      const many = await customer.send<{ pagination: object }>('GET', '/tickets?page=1&pageSize=2');
      expect(many.body.pagination).to.deep.equal({ page: 1, pageSize: 2, totalPages: 2, totalCount: 3 });
    });

    it('when they list tickets by status, device, place or priority, then theirs come', async () => {
      const { locationId = '' } = ticket;
      for (const query of [`assetId=${home.laptopId}`, `locationId=${locationId}`, 'status=OPEN', 'priority=HIGH'])
        expect(await ids(customer, `/tickets?${query}`), query).to.include(ticket.id);
      for (const query of ['status=CLOSED', 'priority=LOW']) expect(await ids(customer, `/tickets?${query}`), query).to.deep.equal([]);
      const [first] = await customer.get<readonly Ticket[]>(`/tickets?assetId=${home.laptopId}`);
      expect(first?.asset).to.deep.equal({ id: home.laptopId, friendlyName: "Carla's laptop" });
      expect(first).to.include.keys('ticketNumber', 'title', 'status', 'priority', 'category', 'createdAt', 'updatedAt');
    });

    it('when they read a ticket, then device, place, technician and timeline come with it', async () => {
      await assigned(customer, ticket.id);
      const whole = await read();
      expect(whole.asset).to.include({ id: home.laptopId });
      expect(whole.location).to.include({ name: 'Home' });
      expect(whole.assignedTo?.name).to.equal('Tech Support');
      expect(whole.activities[0]).to.include.keys('id', 'type', 'body', 'author', 'createdAt');
    });

    it('when they update title, description, category and priority, then those change', async () => {
      const changes = { title: 'Laptop stays black', description: 'Fan runs', category: 'OTHER', priority: 'MEDIUM' };
      expect(await customer.put<Ticket>(`/tickets/${ticket.id}`, changes)).to.include(changes);
    });

    it('when they link a device to a ticket, then it is there, but only one of their own', async () => {
      const [bare] = (await customer.get<readonly Ticket[]>('/tickets')).filter(({ asset }) => asset === undefined);
      const linked = await customer.post<Ticket>(`/tickets/${bare?.id ?? ''}/attach-asset`, { assetId: home.laptopId });
      expect(linked.asset?.id).to.equal(home.laptopId);
      const other = await moveIn(scene().cast.url, 'other@example.com');
      const refused = await customer.send<Problem>('POST', `/tickets/${ticket.id}/attach-asset`, { assetId: other.laptopId });
      expect([refused.status, refused.body.code]).to.deep.equal([404, 'ASSET_NOT_FOUND']);
    });

    it('when they add a comment, then it is in the timeline', async () => {
      await customer.post(`/tickets/${ticket.id}/reply`, { body: 'Still having the same issue' });
      expect((await read()).activities.at(-1)).to.deep.include({ type: 'COMMENT', body: 'Still having the same issue' });
    });

    it('when they look at the device, then it shows how many of its tickets are open, and the last ones', async () => {
      await laptopShows(customer, home.laptopId, 2, 2);
      const { recentTickets } = await customer.get<{ recentTickets: readonly Ticket[] }>(`/assets/${home.laptopId}`);
      expect(recentTickets.map(({ id }) => id)).to.include(ticket.id);
    });
  });

  describe('the desk and the technicians', () => {
    it('when nobody has a ticket, then agents see it in the queue and assign a technician', async () => {
      const { assignedTo } = await read(agent);
      await agent.post(`/tickets/${ticket.id}/assign`, { technicianId: null });
      expect(await ids(agent, '/tickets?unassigned=true')).to.include(ticket.id);
      const [free] = await agent.get<readonly { id: string; name: string; skills: readonly string[] }[]>('/technicians');
      expect(free).to.include({ id: assignedTo?.id, name: 'Tech Support' });
      const given = await agent.post<Ticket>(`/tickets/${ticket.id}/assign`, { technicianId: free?.id });
      expect(given.assignedTo).to.deep.equal({ id: free?.id, name: 'Tech Support' });
    });

    it('when a customer calls, then agents open a ticket for them', async () => {
      const made = await agent.post<Ticket>('/tickets', {
        title: 'Called in',
        description: 'The router blinks',
        category: 'NETWORK',
        customerId: ticket.customerId,
        source: 'PHONE',
      });
      expect(made).to.include({ source: 'PHONE', customerId: ticket.customerId });
      expect(await ids(customer, '/tickets')).to.include(made.id);
    });

    it('when staff add an internal note, then the customer never sees it', async () => {
      await technician.post(`/tickets/${ticket.id}/notes`, { body: 'Ordered replacement part', isInternal: true });
      expect((await read(agent)).activities.at(-1)).to.include({ body: 'Ordered replacement part', isInternal: true });
      for (const path of [`/tickets/${ticket.id}`, `/tickets/${ticket.id}/activities`])
        expect(JSON.stringify(await customer.get(path))).not.to.include('replacement part');
      expect(await statusOf(customer, 'POST', `/tickets/${ticket.id}/notes`, { body: 'x', isInternal: true })).to.equal(403);
    });

    it('when the timeline is read by itself, then it comes page by page', async () => {
      const timeline = await customer.get<Ticket['activities']>(`/tickets/${ticket.id}/activities?pageSize=2`);
      expect(timeline).to.have.length(2);
    });

    it('when an appointment is requested, then it shows on the ticket and among the appointments', async () => {
      const [slot] = await customer.get<readonly { startAt: string; endAt: string }[]>('/appointments/slots?type=REMOTE_SESSION');
      const booked = await customer.post<{ id: string }>(`/tickets/${ticket.id}/appointments`, {
        type: 'REMOTE_SESSION',
        scheduledStartAt: slot?.startAt,
        scheduledEndAt: slot?.endAt,
        customerNotes: 'Please call first',
      });
      expect(await ids(customer, '/appointments')).to.deep.equal([booked.id]);
      expect((await read()).appointment).to.include({ id: booked.id, status: 'SCHEDULED' });
    });

    it('when the technician accepts, then the customer sees that it is in progress', async () => {
      await technician.post(`/tickets/${ticket.id}/accept`, {});
      expect((await read()).status).to.equal('IN_PROGRESS');
    });
  });

  describe('closing the loop', () => {
    it('when the technician resolves it, then they must say how', async () => {
      const body = { status: 'RESOLVED', resolution: 'Replaced hard drive' };
      expect(await technician.patch<Ticket>(`/tickets/${ticket.id}/status`, body)).to.include(body);
      expect((await technician.send<Problem>('PATCH', `/tickets/${ticket.id}/status`, { status: 'RESOLVED' })).status).to.equal(422);
    });

    it('when it is resolved, then history, lists and the figures of the device show it', async () => {
      await eventually(async () => {
        const history = await customer.get<readonly { type: string }[]>(`/assets/${home.laptopId}/history`);
        expect(history.map(({ type }) => type)).to.include('TICKET_RESOLVED');
        return true;
      });
      const { lastServiceAt } = await laptopShows(customer, home.laptopId, 1, 2);
      expect(lastServiceAt).to.match(INSTANT);
      expect(await ids(customer, '/tickets?status=RESOLVED')).to.deep.equal([ticket.id]);
    });

    it('when the customer closes it, then it is closed', async () => {
      expect(await customer.patch<Ticket>(`/tickets/${ticket.id}/status`, { status: 'CLOSED' })).to.include({ status: 'CLOSED' });
    });
  });

  describe('who may do what', () => {
    it('when an account holder invites somebody, then they work with tickets and devices, not with users', async () => {
      colleague = await invite(customer, 'family@example.com', { role: 'CUSTOMER_USER' });
      expect(await ids(colleague, '/tickets')).to.include(ticket.id);
      expect((await openTicket(colleague, 'Mine too')).status).to.equal('OPEN');
      expect(await statusOf(colleague, 'PUT', `/assets/${home.laptopId}`, { notes: 'On the desk' })).to.equal(200);
      expect(await statusOf(colleague, 'POST', '/users', { email: 'x@example.com', name: 'X', role: 'CUSTOMER_USER' })).to.equal(403);
      expect(await statusOf(colleague, 'GET', '/customers')).to.equal(403);
    });

    it('when agents look, then they see all customers and tickets, and only they assign', async () => {
      expect(await statusOf(agent, 'GET', '/customers')).to.equal(200);
      expect(await ids(agent, '/tickets')).to.include(ticket.id);
      for (const by of [customer, colleague, technician])
        expect(await statusOf(by, 'POST', `/tickets/${ticket.id}/assign`, { technicianId: null })).to.equal(403);
    });

    it('when technicians look, then they see what is assigned to them, and nothing of others', async () => {
      const other = await joinAsEngineer(scene().cast, 'second@example.com', 'Second Technician');
      expect(await ids(technician, '/tickets')).to.include(ticket.id);
      expect(await ids(other, '/tickets')).not.to.include(ticket.id);
      expect(await statusOf(other, 'GET', `/tickets/${ticket.id}`)).to.equal(404);
    });

    it('when administrators look, then they have access to everything', async () => {
      const { admin } = scene().cast;
      expect(await ids(admin, '/tickets')).to.include(ticket.id);
      expect(await statusOf(admin, 'GET', '/settings')).to.equal(200);
    });
  });
});
