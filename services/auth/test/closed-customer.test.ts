import { expect } from 'chai';
import { ADMIN, startBench, type Bench, type SignedIn } from './bench.js';
import { buildCustomer } from './customer.builder.js';
import { PASSWORD } from './user.builder.js';

/** A closed customer is no customer any more: nobody is signed in for it. */
describe('people of a closed customer', () => {
  let bench: Bench;
  let admin: SignedIn;
  before(async () => {
    bench = await startBench();
    admin = await bench.signIn(ADMIN.email, ADMIN.password);
  });
  after(() => bench.stop());

  const close = (customerId: string) => bench.api.delete(`/customers/${customerId}`, { token: admin.token });
  const me = async (token: string) => (await bench.api.get('/auth/me', { token })).status;
  const login = (email: string, password = PASSWORD) => bench.api.post('/auth/login', { email, password });
  const invite = async ({ token }: SignedIn, email: string): Promise<string> => {
    await bench.api.post('/users', { email, name: 'Bruno', role: 'CUSTOMER_USER' }, { token });
    return bench.linkTo(email);
  };
  const accept = (token: string) => bench.api.post<SignedIn>('/auth/accept-invitation', { token, password: PASSWORD });

  it('when it is closed, then the sessions of all its people end at once, and the others are told', async () => {
    const [mine, other] = [await bench.registerCustomer(), await bench.registerCustomer()];
    const { body } = await accept(await invite(mine, 'colleague@example.test'));
    const people = [mine, body.data];
    expect((await close(mine.customer!.id)).status).to.equal(204);
    for (const { token, refreshToken, user } of people) {
      expect(await me(token)).to.equal(401);
      expect((await bench.api.post('/auth/refresh', { refreshToken })).status).to.equal(401);
      expect(await bench.eventsAbout(user.id)).to.include('riparo.auth.sessions-revoked.v1');
    }
    expect(await me(other.token)).to.equal(200);
    expect((await login(other.user.email)).status).to.equal(200);
  });

  it('when somebody signs in, then 403 ACCOUNT_CLOSED for the right password, else 401', async () => {
    const { user, customer } = await bench.registerCustomer();
    await close(customer!.id);
    const right = await login(user.email);
    expect([right.status, right.body.code]).to.deep.equal([403, 'ACCOUNT_CLOSED']);
    expect((await login(user.email, 'not the password')).body.code).to.equal('INVALID_CREDENTIALS');
  });

  it('when somebody approves on the device of a technician, then 401', async () => {
    const [{ user, customer }, tech] = [await bench.registerCustomer(), await bench.approvedStaff({ role: 'TECH' })];
    await close(customer!.id);
    const approval = { email: user.email, password: PASSWORD, purpose: 'sign:work-report', subjectId: user.id };
    expect((await bench.api.post('/auth/approvals', approval, { token: tech.token })).status).to.equal(401);
  });

  it('when somebody was invited before, then the link is not valid', async () => {
    const mine = await bench.registerCustomer();
    const link = await invite(mine, 'late@example.test');
    await close(mine.customer!.id);
    expect((await accept(link)).body.code).to.equal('LINK_NOT_VALID');
  });

  it('when it was closed by an earlier version, then a session that is still open is not refreshed', async () => {
    const { customer, refreshToken } = await bench.registerCustomer();
    const customers = bench.platform.connection.collection<{ _id: string }>('customers');
    await customers.updateOne({ _id: customer!.id }, { $set: { status: 'CLOSED' } });
    expect((await bench.api.post('/auth/refresh', { refreshToken })).status).to.equal(401);
  });

  it('when a crash came right after the closing, then the job ends the sessions', async () => {
    const { customer, token } = await bench.registerCustomer();
    const task = { id: 'left', kind: 'END_SESSIONS', at: bench.clock.now() };
    const customers = bench.platform.connection.collection<{ _id: string; tasks: object[] }>('customers');
    await customers.updateOne({ _id: customer!.id }, { $set: { status: 'CLOSED' }, $push: { tasks: task } });
    await bench.service.sweep();
    expect(await me(token)).to.equal(401);
  });

  it('when it is suspended, then its people go on', async () => {
    const { customer, user, token } = await bench.registerCustomer();
    const data = buildCustomer({ status: 'SUSPENDED' });
    expect((await bench.api.put(`/customers/${customer!.id}`, data, { token: admin.token })).status).to.equal(200);
    expect(await me(token)).to.equal(200);
    expect((await login(user.email)).status).to.equal(200);
  });
});
