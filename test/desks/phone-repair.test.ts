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
    it('when they have created an account and logged in, then they are active', async () => {
      expect(await me(customer)).to.include({ role: 'CUSTOMER_ADMIN', status: 'ACTIVE' });
    });

    it('when they describe their device and what is wrong with it, then the request is taken', async () => {
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

    it('when they track a request, then they see how far it is', async () => {
      expect(await customer.get(`/tickets/${ticketId}/status`)).to.include({ status: 'OPEN' });
    });

    it('when they list their requests, then they see what they have asked for so far', async () => {
      expect((await customer.get<readonly Ticket[]>('/tickets')).map(({ id }) => id)).to.deep.equal([ticketId]);
    });

    it('when they write to the service team, then it is mailed, as updates are to them', async () => {
      await customer.post(`/tickets/${ticketId}/reply`, { body: 'When can I bring it?' });
      await mailTo(scene().cast.mailbox, 'fixer@example.com', /customer replied/);
      await mailTo(scene().cast.mailbox, 'caller@example.com', /received/);
    });

    it('when they update their personal information, then it is changed', async () => {
      const changed = await customer.patch<{ name: string }>('/auth/me', { name: 'Carla B.' });
      expect(changed.name).to.equal('Carla B.');
    });
  });

  describe('administrators', () => {
    it('when they assign a request and update its status, then technician and status are set', async () => {
      expect((await admin.get<readonly Ticket[]>('/tickets')).map(({ id }) => id)).to.include(ticketId);
      const { id: technicianId } = await me(technician);
      await admin.post(`/tickets/${ticketId}/assign`, { technicianId });
      expect((await assigned(customer, ticketId)).assignedTo).to.deep.equal({ id: technicianId, name: 'Fay Fixer' });
      expect(await admin.patch<Ticket>(`/tickets/${ticketId}/status`, { status: 'IN_PROGRESS' })).to.include({ status: 'IN_PROGRESS' });
    });

    it('when they look at a technician, then they see the assignments', async () => {
      const { id } = await me(technician);
      expect((await admin.get<readonly Ticket[]>(`/tickets?assignedTo=${id}&active=true`)).map((each) => each.id)).to.deep.equal([
        ticketId,
      ]);
    });

    it('when they write to customers and technicians, then each reads what is meant for them', async () => {
      await admin.post(`/tickets/${ticketId}/reply`, { body: 'Bring it any time today.' });
      await admin.post(`/tickets/${ticketId}/notes`, { body: 'Be kind: second time this year.', isInternal: true });
      const told = async (by: Person) => (await by.get<Ticket>(`/tickets/${ticketId}`)).activities.map(({ body }) => body).slice(-2);
      expect(await told(technician)).to.deep.equal(['Bring it any time today.', 'Be kind: second time this year.']);
      expect((await told(customer)).at(-1)).to.equal('Bring it any time today.');
      await mailTo(scene().cast.mailbox, 'caller@example.com', /New reply/);
    });

    it("when they reset a customer's password and deactivate the account, then the customer is out", async () => {
      const { id } = await me(customer);
      await admin.post(`/users/${id}/reset-password`, {});
      await mailTo(scene().cast.mailbox, 'caller@example.com', /password/i);
      expect(await admin.patch<User>(`/users/${id}`, { status: 'DISABLED' })).to.include({ status: 'DISABLED' });
      const refused = await customer.send<Problem>('POST', '/auth/login', { email: customer.email, password: PASSWORD });
      expect([refused.status, refused.body.code]).to.deep.equal([403, 'ACCOUNT_DISABLED']);
      expect((await customer.send('GET', '/tickets')).status).to.equal(401);
      expect((await admin.get<Ticket>(`/tickets/${ticketId}`)).status).to.equal('IN_PROGRESS');
    });

    it('when they ask how the service does, then they read figures', async () => {
      expect(await admin.get('/reports/dashboard')).to.be.an('object');
    });
  });

  describe('the owner', () => {
    it('when the owner changes and deletes an administrator, then it is done, which those may not', async () => {
      const other = await admit('second@example.com', 'ADMIN');
      const { id } = await me(other);
      expect((await admin.send('PATCH', `/users/${id}`, { role: 'AGENT' })).status).to.equal(403);
      expect((await admin.send('DELETE', `/users/${id}`)).status).to.equal(403);
      expect(await owner.patch<User>(`/users/${id}`, { role: 'AGENT' })).to.include({ role: 'AGENT' });
      expect((await owner.send('DELETE', `/users/${id}`)).status).to.equal(204);
    });

    it('when the owner uses a function of the others, then it is there', async () => {
      for (const path of ['/tickets', '/users', '/customers', '/settings', '/reports/dashboard'])
        expect((await owner.send('GET', path)).status, path).to.equal(200);
    });
  });

  it('when an earlier client logs in at its address, then it answers alike', async () => {
    const { url } = scene().cast;
    const body = JSON.stringify({ email: 'fixer@example.com', password: PASSWORD });
    const answer = await fetch(`${url}/api/auth/login`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    expect([answer.status, typeof ((await answer.json()) as { data: { token: unknown } }).data.token]).to.deep.equal([200, 'string']);
  });
});
