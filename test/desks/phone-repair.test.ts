import { expect } from 'chai';
import { assigned, joinAsEngineer, moveIn, openTicket } from '../journey/journey.js';
import { mailTo } from '../journey/mailbox.js';
import { createPerson, PASSWORD, type Person, type Problem } from '../journey/person.js';
import { inOneSharedProcess } from '../systems/modes.js';

interface Ticket {
  readonly id: string;
  readonly status: string;
  readonly stage: string;
  readonly assignedTo?: { readonly id: string; readonly name: string };
  readonly activities: readonly { readonly body: string }[];
}
interface User {
  readonly id: string;
  readonly role: string;
  readonly status: string;
}

/** What a shop says of accounts, requests, who works on them and how people talk; the repair desk has its own tests. */
inOneSharedProcess('a phone repair shop: customers, administrators and the owner', (scene) => {
  let customer: Person;
  let technician: Person;
  let admin: Person;
  let owner: Person;
  let ticketId: string;

  const admit = async (email: string, role: string): Promise<Person> => {
    const person = createPerson(scene().cast.url, email);
    const { user } = await person.post<{ user: User }>('/auth/register/staff', { email, password: PASSWORD, name: email, role });
    await owner.post(`/registrations/${user.id}/approve`, {});
    await person.logIn();
    return person;
  };
  before(async () => {
    ({ admin: owner } = scene().cast);
    technician = await joinAsEngineer(scene().cast, 'fixer@example.com', 'Fay Fixer');
    admin = await admit('manager@example.com', 'ADMIN');
    ({ customer } = await moveIn(scene().cast.url, 'caller@example.com'));
  });
  const me = async (person: Person): Promise<User> => (await person.get<{ user: User }>('/auth/me')).user;

  describe('customers', () => {
    it('create an account and log in', async () => {
      expect(await me(customer)).to.include({ role: 'CUSTOMER_ADMIN', status: 'ACTIVE' });
    });

    it('describe their device and what is wrong with it', async () => {
      const phone = {
        friendlyName: 'My phone',
        category: 'PHONE',
        brand: 'Apple',
        model: 'iPhone 15',
        serialNumber: 'F2LX',
        primaryUser: 'Me',
        os: 'iOS',
      };
      const [home] = await customer.get<readonly { id: string }[]>('/locations');
      const { id } = await customer.post<{ id: string }>('/assets', { ...phone, locationId: home?.id });
      ticketId = (await openTicket(customer, 'The display is cracked', id)).id;
    });

    it('track how far it is', async () => {
      expect(await customer.get(`/tickets/${ticketId}/status`)).to.include({ status: 'OPEN' });
    });

    it('see what they have asked for so far', async () => {
      expect((await customer.get<readonly Ticket[]>('/tickets')).map(({ id }) => id)).to.deep.equal([ticketId]);
    });

    it('are notified of updates, and write to the service team', async () => {
      await customer.post(`/tickets/${ticketId}/reply`, { body: 'When can I bring it?' });
      await mailTo(scene().cast.mailbox, 'fixer@example.com', /customer replied/);
      await mailTo(scene().cast.mailbox, 'caller@example.com', /received/);
    });

    it('update their personal information', async () => {
      const changed = await customer.patch<{ name: string }>('/auth/me', { name: 'Carla B.' });
      expect(changed.name).to.equal('Carla B.');
    });
  });

  describe('administrators', () => {
    it('view and manage requests, assign them to technicians and update the status', async () => {
      expect((await admin.get<readonly Ticket[]>('/tickets')).map(({ id }) => id)).to.include(ticketId);
      const { id: technicianId } = await me(technician);
      await admin.post(`/tickets/${ticketId}/assign`, { technicianId });
      expect((await assigned(customer, ticketId)).assignedTo).to.deep.equal({ id: technicianId, name: 'Fay Fixer' });
      expect(await admin.patch<Ticket>(`/tickets/${ticketId}/status`, { status: 'IN_PROGRESS' })).to.include({ status: 'IN_PROGRESS' });
    });

    it("see technicians' assignments", async () => {
      const { id } = await me(technician);
      expect((await admin.get<readonly Ticket[]>(`/tickets?assignedTo=${id}&active=true`)).map((each) => each.id)).to.deep.equal([
        ticketId,
      ]);
    });

    it('communicate with customers and with technicians', async () => {
      await admin.post(`/tickets/${ticketId}/reply`, { body: 'Bring it any time today.' });
      await admin.post(`/tickets/${ticketId}/notes`, { body: 'Be kind: second time this year.', isInternal: true });
      const told = async (by: Person) => (await by.get<Ticket>(`/tickets/${ticketId}`)).activities.map(({ body }) => body).slice(-2);
      expect(await told(technician)).to.deep.equal(['Bring it any time today.', 'Be kind: second time this year.']);
      expect((await told(customer)).at(-1)).to.equal('Bring it any time today.');
      await mailTo(scene().cast.mailbox, 'caller@example.com', /New reply/);
    });

    it('manage the accounts of customers: make them, reset passwords, deactivate', async () => {
      const { id } = await me(customer);
      await admin.post(`/users/${id}/reset-password`, {});
      await mailTo(scene().cast.mailbox, 'caller@example.com', /password/i);
      expect(await admin.patch<User>(`/users/${id}`, { status: 'DISABLED' })).to.include({ status: 'DISABLED' });
      const refused = await customer.send<Problem>('POST', '/auth/login', { email: customer.email, password: PASSWORD });
      expect([refused.status, refused.body.code]).to.deep.equal([403, 'ACCOUNT_DISABLED']);
      expect((await customer.send('GET', '/tickets')).status).to.equal(401);
      expect((await admin.get<Ticket>(`/tickets/${ticketId}`)).status).to.equal('IN_PROGRESS');
    });

    it('read figures of how the service does', async () => {
      expect(await admin.get('/reports/dashboard')).to.be.an('object');
    });
  });

  describe('the owner', () => {
    it('makes, changes and deletes administrators, which administrators cannot do among themselves', async () => {
      const other = await admit('second@example.com', 'ADMIN');
      const { id } = await me(other);
      expect((await admin.send('PATCH', `/users/${id}`, { role: 'AGENT' })).status).to.equal(403);
      expect((await admin.send('DELETE', `/users/${id}`)).status).to.equal(403);
      expect(await owner.patch<User>(`/users/${id}`, { role: 'AGENT' })).to.include({ role: 'AGENT' });
      expect((await owner.send('DELETE', `/users/${id}`)).status).to.equal(204);
    });

    it('has every function of the others', async () => {
      for (const path of ['/tickets', '/users', '/customers', '/settings', '/reports/dashboard'])
        expect((await owner.send('GET', path)).status, path).to.equal(200);
    });
  });

  it('the address that earlier clients log in at answers alike', async () => {
    const { url } = scene().cast;
    const body = JSON.stringify({ email: 'fixer@example.com', password: PASSWORD });
    const answer = await fetch(`${url}/api/auth/login`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    expect([answer.status, typeof ((await answer.json()) as { data: { token: unknown } }).data.token]).to.deep.equal([200, 'string']);
  });
});
