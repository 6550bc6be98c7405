import { randomUUID } from 'node:crypto';
import { expectIndexed, plansOf } from '@riparo/shared/testing/query-plans';
import { expect } from 'chai';
import { NEWS, startCrowd, type Crowd, type Details } from './crowd.js';

describe('POST /announcements', () => {
  let crowd: Crowd;
  beforeEach(async () => {
    crowd = await startCrowd();
  });
  afterEach(() => crowd.bench.stop());

  it('when it is for customers, then their people, or their contacts, get one mail each', async () => {
    const { bench, knowCustomer, knowPerson, announced, recipients, addresses } = crowd;
    const [withPeople, alone] = [await knowCustomer(), await knowCustomer({ name: 'Rosa', surname: 'Neri' })];
    const people = [await knowPerson(withPeople.id), await knowPerson(withPeople.id, { role: 'CUSTOMER_ADMIN' })];
    await bench.knowUser({ role: 'TECH' });
    await knowPerson(withPeople.id, { removed: true });
    await knowPerson(withPeople.id, { status: 'DISABLED' });
    await knowPerson((await knowCustomer({ status: 'CLOSED' })).id);
    const { id, status, results } = await announced();
    expect([status, results]).to.deep.equal(['SENT', { WAITING: 0, SENT: 3, FAILED: 0, LEFT_OUT: 0 }]);
    expect(addresses()).to.have.members([...people.map(({ email }) => email), alone.contactEmail]);
    const rows = await recipients(id);
    expect(rows.map(({ userId, customerId }) => userId ?? customerId)).to.have.members([...people.map((each) => each.id), alone.id]);
    expect(rows.find(({ customerId }) => customerId === alone.id)).to.include({ channel: 'EMAIL', name: 'Rosa Neri', result: 'SENT' });
    const [mail] = bench.smtp.mails.map((each) => each.mail);
    expect(mail?.subject).to.equal(NEWS.subject);
    expect(mail?.text).to.contain('we are closed on Monday.');
    expect(mail?.text).to.contain('Officina Riparo');
  });

  it('when it is for technicians or for all, then it reaches these', async () => {
    const { bench, knowCustomer, announced, addresses } = crowd;
    const tech = await bench.knowUser({ role: 'TECH' });
    const engineer = await bench.knowUser({ role: 'ENGINEER' });
    const agent = await bench.knowUser({ role: 'AGENT' });
    const customer = await knowCustomer();
    await announced({ audience: 'TECHNICIANS' });
    expect(addresses()).to.have.members([tech.email, engineer.email]);
    await announced({ audience: 'ALL' });
    expect(addresses().slice(2)).to.have.members([tech.email, engineer.email, agent.email, customer.contactEmail]);
  });

  it('when it goes into the inbox, then those without an account are left out there', async () => {
    const { bench, knowCustomer, knowPerson, announced, recipients } = crowd;
    const [withPeople, alone] = [await knowCustomer(), await knowCustomer()];
    const person = await knowPerson(withPeople.id);
    const { id, results } = await announced({ channels: ['EMAIL', 'IN_APP'] });
    expect(results).to.deep.equal({ WAITING: 0, SENT: 3, FAILED: 0, LEFT_OUT: 1 });
    const token = bench.tokenFor({ role: 'CUSTOMER_USER', userId: person.id });
    const inbox = (await bench.api.get<readonly { subject: string }[]>('/me/notifications', { token })).body.data;
    expect(inbox.map(({ subject }) => subject)).to.deep.equal([NEWS.subject]);
    const left = await recipients(id, '&result=LEFT_OUT');
    expect(left.map(({ customerId, channel }) => [customerId, channel])).to.deep.equal([[alone.id, 'IN_APP']]);
    expect(left[0]?.reason).to.contain('no account');
  });

  it('when two customers have one address, or a customer that of an account, then one mail goes there', async () => {
    const { knowCustomer, knowPerson, announced, addresses } = crowd;
    const person = await knowPerson((await knowCustomer()).id);
    await knowCustomer({ contactEmail: person.email });
    for (const contactEmail of ['two@example.test', 'Two@example.test']) await knowCustomer({ contactEmail });
    await announced();
    expect(addresses().map((address) => address.toLowerCase())).to.have.members([person.email, 'two@example.test']);
  });

  it('when it has a filter, then whoever is reached meets all of it', async () => {
    const { bench, knowCustomer, knowPerson, announced, addresses } = crowd;
    const [modena, forli] = [await knowCustomer({ city: 'Modena' }), await knowCustomer({ city: 'FORLÌ' })];
    const ada = await knowPerson(modena.id, { locale: 'it-IT' });
    const eva = await knowPerson(modena.id, { role: 'CUSTOMER_ADMIN' });
    const reached = async (filter: object, audience = 'CUSTOMERS'): Promise<readonly string[]> => {
      const before = addresses().length;
      await announced({ filter, audience });
      return addresses().slice(before);
    };
    expect(await reached({ cities: ['forli'] })).to.have.members([forli.contactEmail]);
    expect(await reached({ cities: ['Modena'] })).to.have.members([ada.email, eva.email]);
    expect(await reached({ customerIds: [modena.id, forli.id], locales: ['en'] })).to.have.members([eva.email, forli.contactEmail]);
    expect(await reached({ roles: ['CUSTOMER_USER'] })).to.have.members([ada.email]);
    const tech = await bench.knowUser({ role: 'TECH' });
    expect(await reached({ userIds: [tech.id, eva.id] }, 'ALL')).to.have.members([tech.email, eva.email]);
  });

  it('when the filter cannot be met or names nobody, then it is refused', async () => {
    const { bench, knowCustomer, announce } = crowd;
    const { id } = await knowCustomer();
    const tech = await bench.knowUser({ role: 'TECH' });
    const told = async (filter: object, audience: string): Promise<unknown> => {
      const { status, body } = await announce({ filter, audience });
      return [status, body.code, (body.errors as typeof body.errors | undefined)?.map(({ path }) => path)];
    };
    expect(await told({ customerIds: [id, randomUUID()] }, 'CUSTOMERS')).to.deep.equal([404, 'CUSTOMER_NOT_FOUND', undefined]);
    expect(await told({ userIds: [tech.id, randomUUID()] }, 'ALL')).to.deep.equal([404, 'USER_NOT_FOUND', undefined]);
    expect(await told({ customerIds: [id] }, 'TECHNICIANS')).to.deep.equal([422, 'VALIDATION_FAILED', ['filter.customerIds']]);
    expect(await told({ roles: ['AGENT'] }, 'CUSTOMERS')).to.deep.equal([422, 'VALIDATION_FAILED', ['filter.roles']]);
    expect((await announce({ channels: ['SMS'] })).body.errors.map(({ path }) => path)).to.deep.equal(['channels']);
    expect((await announce({ channels: [] })).status).to.equal(422);
  });

  it('when somebody else than an administrator asks, then it is forbidden', async () => {
    for (const role of ['CUSTOMER_ADMIN', 'TECH', 'AGENT'] as const) {
      const token = crowd.bench.tokenFor({ role });
      expect((await crowd.announce({}, { token })).status).to.equal(403);
      expect((await crowd.bench.api.get('/announcements', { token })).status).to.equal(403);
    }
  });

  it('when one person announces too often, then 429, and another one may', async () => {
    const { bench, announce } = crowd;
    const statuses: number[] = [];
    for (let n = 0; n < 11; n++) statuses.push((await announce()).status);
    expect(statuses).to.deep.equal([...Array<number>(10).fill(201), 429]);
    expect((await announce({}, { token: bench.tokenFor({ role: 'ADMIN' }) })).status).to.equal(201);
  });

  it('when the same key is used again, then there is one announcement', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const [first, second] = [await crowd.announce({}, { headers }), await crowd.announce({}, { headers })];
    expect(second.body.data.id).to.equal(first.body.data.id);
    expect((await crowd.bench.api.get<readonly Details[]>('/announcements', crowd.admin)).body.data).to.have.length(1);
  });

  it('when audience or results are read, then by an index', async () => {
    const { bench, knowCustomer, announced, recipients } = crowd;
    await knowCustomer();
    const { id } = await announced();
    const ask = async (): Promise<void> => {
      for (const query of ['', '&result=WAITING', '&result=SENT']) await recipients(id, query);
    };
    expectIndexed(await plansOf(bench.platform.connection, 'notifications', ask), 'recipients', ['announcement.id']);
    const preview = () => crowd.post('/announcements/preview', { audience: 'TECHNICIANS' });
    const people = (await plansOf(bench.platform.connection, 'users', preview)).filter(({ plan }) => plan.includes('"role"'));
    expectIndexed(people, 'people of a role', ['role']);
    const announcements = () => bench.api.get('/announcements?status=SENT', crowd.admin);
    expectIndexed(await plansOf(bench.platform.connection, 'announcements', announcements), 'announcements', ['status']);
  });
});
