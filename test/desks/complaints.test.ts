import { expect } from 'chai';
import { announce, assigned, joinAsEngineer, moveIn, openTicket, registerStaff, rejectRegistration } from '../journey/journey.js';
import { mailTo } from '../journey/mailbox.js';
import { createPerson, PASSWORD, type Person, type Problem } from '../journey/person.js';
import { inOneSharedProcess } from '../systems/modes.js';

interface Ticket {
  readonly id: string;
  readonly title: string;
  readonly status: string;
  readonly assignedTo?: { readonly name: string };
  readonly activities: readonly { readonly type: string; readonly body: string; readonly author?: { readonly name: string } }[];
}
interface Named {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: string;
  readonly status: string;
}

inOneSharedProcess('a complaint desk: customers, engineers and an administrator', (scene) => {
  let customer: Person;
  let engineer: Person;
  let admin: Person;
  let ticketId: string;
  before(async () => {
    const { cast } = scene();
    ({ admin } = cast);
    engineer = await joinAsEngineer(cast, 'edith@example.com', 'Edith Engineer');
    ({ customer } = await moveIn(cast.url, 'carla@example.com'));
    ticketId = (await openTicket(customer, 'The screen flickers')).id;
  });
  const ticket = (by: Person): Promise<Ticket> => by.get<Ticket>(`/tickets/${ticketId}`);
  const ids = async (by: Person, path: string): Promise<readonly string[]> =>
    (await by.get<readonly { id: string }[]>(path)).map(({ id }) => id);
  const statusOf = async (by: Person, method: string, path: string, body?: unknown): Promise<number> =>
    (await by.send(method, path, body)).status;

  describe('users and how they sign in', () => {
    it('when users are listed, then there are customers, engineers and administrators', async () => {
      const roles = (await admin.get<readonly Named[]>('/users')).map(({ role }) => role);
      expect(roles).to.include.members(['CUSTOMER_ADMIN', 'ENGINEER', 'SUPER_ADMIN']);
    });

    for (const role of ['ENGINEER', 'ADMIN'] as const) {
      it(`when somebody registers as ${role}, then they log in only once an administrator approves`, async () => {
        const person = createPerson(scene().cast.url, `new-${role.toLowerCase()}@example.com`);
        const { user } = await person.post<{ user: Named; token?: string }>('/auth/register/staff', {
          email: person.email,
          password: PASSWORD,
          name: 'New Person',
          role,
        });
        expect(user.status).to.equal('PENDING');
        const waiting = await person.send<Problem>('POST', '/auth/login', { email: person.email, password: PASSWORD });
        expect([waiting.status, waiting.body.code]).to.deep.equal([403, 'REGISTRATION_PENDING']);
        expect(waiting.body.detail).to.match(/approv/i);
        await admin.post(`/registrations/${user.id}/approve`, {});
        await person.logIn();
        expect(await statusOf(person, 'GET', '/tickets')).to.equal(200);
      });
    }

    it('when a customer registers, then nobody approves it, and they are signed in at once', async () => {
      const person = createPerson(scene().cast.url, 'quick@example.com');
      const profile = { type: 'INDIVIDUAL', name: 'Quick', surname: 'Silver', contactEmail: person.email, contactPhone: '+390212345678' };
      const made = await person.post<{ token: string }>('/auth/register', {
        email: person.email,
        password: PASSWORD,
        name: 'Q',
        customer: profile,
      });
      expect(made.token).to.be.a('string');
    });

    for (const [who, by] of [
      ['administrators', () => admin],
      ['customers', () => customer],
      ['engineers', () => engineer],
    ] as const) {
      it(`when ${who} log in, then they get the access token that all other calls take`, async () => {
        const { url } = scene().cast;
        const password = by() === admin ? 'a-long-enough-passphrase' : PASSWORD;
        const { token } = await createPerson(url, by().email).post<{ token: string }>('/auth/login', { email: by().email, password });
        const ask = (authorization?: string) =>
          fetch(`${url}/api/v1/tickets`, { headers: authorization === undefined ? {} : { authorization } });
        expect([(await ask(`Bearer ${token}`)).status, (await ask()).status]).to.deep.equal([200, 401]);
      });
    }

    it('when somebody was rejected, then they are told why at every login', () => rejectRegistration(scene().cast, 'nemo@example.com'));

    it('when an administrator lists and changes users, then it is done, and nobody else may', async () => {
      const { url } = scene().cast;
      const { user } = await registerStaff(url, 'worker@example.com', 'Walt Worker').then(async () => {
        const [found] = await admin.get<readonly Named[]>('/users?search=worker');
        return { user: found as Named };
      });
      expect(await admin.get<Named>(`/users/${user.id}`)).to.include({ email: 'worker@example.com', status: 'PENDING' });
      await admin.post(`/registrations/${user.id}/approve`, {});
      expect(await admin.patch<Named>(`/users/${user.id}`, { role: 'TECH' })).to.include({ role: 'TECH' });
      expect(await admin.patch<Named>(`/users/${user.id}`, { status: 'DISABLED' })).to.include({ status: 'DISABLED' });
      for (const by of [engineer, createPerson(url, 'nobody@example.com')]) {
        for (const [method, path, body] of [
          ['GET', '/users'],
          ['GET', `/users/${user.id}`],
          ['PATCH', `/users/${user.id}`, { status: 'ACTIVE' }],
        ] as const)
          expect(await statusOf(by, method, path, body), `${method} ${path}`).to.be.within(401, 404);
      }
    });
  });

  describe('complaints of customers', () => {
    it('when a signed-in user raises a request, then it is kept as a ticket', async () => {
      const made = await openTicket(customer, 'The battery swells');
      expect(made).to.include({ status: 'OPEN' });
      expect(made.ticketNumber).to.match(/^TKT-\d{4}-\d{3,}$/);
    });

    it('when an engineer is registered, then the ticket is assigned to them automatically', async () => {
      expect((await assigned(customer, ticketId)).assignedTo?.name).to.equal('Edith Engineer');
    });

    it('when a signed-in user updates a request, then it changes', async () => {
      expect(await customer.put<Ticket>(`/tickets/${ticketId}`, { title: 'The screen flickers and hums' })).to.include({
        title: 'The screen flickers and hums',
      });
    });

    it('when a signed-in user checks the status of a request, then it is open', async () => {
      expect(await customer.get(`/tickets/${ticketId}/status`)).to.include({ status: 'OPEN', stage: 'OPENED' });
    });

    it('when a signed-in user lists their requests, then all raised so far come', async () => {
      expect(await ids(customer, '/tickets'))
        .to.include(ticketId)
        .and.have.length(2);
    });

    it('when somebody else asks for them, then they see none', async () => {
      const stranger = (await moveIn(scene().cast.url, 'stranger@example.com')).customer;
      expect(await ids(stranger, '/tickets')).to.deep.equal([]);
      expect(await statusOf(stranger, 'GET', `/tickets/${ticketId}`)).to.equal(404);
    });
  });

  describe('the work of engineers', () => {
    it('when an engineer accepts a ticket, then it is in progress', async () => {
      expect(await engineer.post<Ticket>(`/tickets/${ticketId}/accept`, {})).to.include({ status: 'IN_PROGRESS' });
    });

    it('when an engineer updates a ticket, then the customer sees it at once', async () => {
      await engineer.put(`/tickets/${ticketId}`, { priority: 'CRITICAL' });
      expect(await ticket(customer)).to.include({ priority: 'CRITICAL' });
      await engineer.post(`/tickets/${ticketId}/reply`, { body: 'A new cable is on its way.' });
      expect((await ticket(customer)).activities.at(-1)).to.include({ type: 'COMMENT', body: 'A new cable is on its way.' });
    });

    it('when an engineer searches for a ticket, then it is found by title and customer', async () => {
      expect(await ids(engineer, '/tickets?search=flick')).to.deep.equal([ticketId]);
      expect(await ids(engineer, '/tickets?search=carla')).to.include(ticketId);
      expect(await ids(engineer, '/tickets?search=nothing-like-it')).to.deep.equal([]);
    });

    it('when an engineer lists the tickets assigned to them, then all of them come', async () => {
      const { user } = await engineer.get<{ user: { id: string } }>('/auth/me');
      expect(await ids(engineer, `/tickets?assignedTo=${user.id}`))
        .to.include(ticketId)
        .and.have.length(2);
    });
  });

  describe('what administrators see and decide', () => {
    it('when they list customers, then all of them come', async () => {
      const names = (await admin.get<readonly { contactEmail: string }[]>('/customers')).map(({ contactEmail }) => contactEmail);
      expect(names).to.include.members(['carla@example.com', 'stranger@example.com', 'quick@example.com']);
    });

    it('when they list issues, then all of them come, or those that the filters name', async () => {
      const other = (await openTicket(customer, 'A question')).id;
      await admin.patch(`/tickets/${other}/status`, { status: 'CLOSED' });
      expect(await ids(admin, '/tickets')).to.include.members([ticketId, other]);
      expect(await ids(admin, '/tickets?priority=CRITICAL&status=IN_PROGRESS')).to.deep.equal([ticketId]);
      expect(await ids(admin, '/tickets?active=true'))
        .to.include(ticketId)
        .and.not.include(other);
    });

    it("when they accept or reject an engineer's registration, then that engineer can log in or not", async () => {
      const { url } = scene().cast;
      for (const [name, decision, body, after] of [
        ['yes', 'approve', {}, 200],
        ['no', 'reject', { reason: 'Not this time.' }, 403],
      ] as const) {
        const person = await registerStaff(url, `${name}@example.com`, name);
        const found = (await admin.get<readonly Named[]>('/registrations?status=PENDING')).find(({ email }) => email === person.email);
        expect(found).to.include({ role: 'ENGINEER' });
        await admin.post(`/registrations/${found?.id ?? ''}/${decision}`, body);
        expect(await statusOf(person, 'POST', '/auth/login', { email: person.email, password: PASSWORD })).to.equal(after);
      }
    });

    it('when an issue has ended, then they follow its whole life, from the complaint on', async () => {
      await engineer.patch(`/tickets/${ticketId}/status`, { status: 'RESOLVED', resolution: 'Replaced the cable.' });
      await customer.patch(`/tickets/${ticketId}/status`, { status: 'CLOSED' });
      const { activities } = await ticket(admin);
      expect(activities.map(({ type }) => type)).to.deep.equal([
        'SYSTEM',
        'ASSIGNMENT',
        'SYSTEM',
        'STATUS_CHANGE',
        'SYSTEM',
        'COMMENT',
        'RESOLUTION',
        'STATUS_CHANGE',
      ]);
      expect(activities.map(({ author }) => author?.name)).to.deep.equal([
        'Carla Bruni',
        undefined,
        'Carla Bruni',
        'Edith Engineer',
        'Edith Engineer',
        'Edith Engineer',
        'Edith Engineer',
        'Carla Bruni',
      ]);
    });
  });

  describe('notifications', () => {
    it('when one is raised, then a job mails it to every one listed, and its result can be read', () =>
      announce(scene().cast, ['carla@example.com', 'edith@example.com']));

    it('when something happens to a ticket, then its customer is mailed', async () => {
      const { mailbox } = scene().cast;
      for (const subject of [/received/, /takes care/, /in progress/, /New reply/, /Resolved/])
        await mailTo(mailbox, 'carla@example.com', subject);
    });
  });
});
