import { expect } from 'chai';
import { startBench, type Bench, type SignedIn } from './bench.js';
import { buildRegistration } from './user.builder.js';

describe('POST /auth/register', () => {
  let bench: Bench;
  before(async () => {
    bench = await startBench();
  });
  after(() => bench.stop());

  it('when somebody registers, then user and customer are made, signed in and told of', async () => {
    const answer = await bench.api.post<SignedIn>('/auth/register', buildRegistration({ email: 'Mario@Example.Test' }));
    expect(answer.status).to.equal(201);
    const { user, customer, token, refreshToken } = answer.body.data;
    expect(user).to.include({
      email: 'mario@example.test',
      role: 'CUSTOMER_ADMIN',
      status: 'ACTIVE',
      emailVerified: false,
      customerId: customer!.id,
    });
    expect(customer).to.include({
      type: 'INDIVIDUAL',
      contactEmail: 'mario@example.test',
      contactPhone: '+39 333 1234567',
      status: 'ACTIVE',
    });
    expect(refreshToken).to.be.a('string');
    expect(answer.headers.get('location')).to.equal(`/api/v1/users/${user.id}`);
    const me = await bench.api.get<{ id: string; customer: { id: string } }>('/auth/me', { token });
    expect(me.body.data.customer.id).to.equal(customer!.id);
    expect(await bench.eventsAbout(user.id)).to.deep.equal(['riparo.auth.user-registered.v1']);
    expect(await bench.eventsAbout(customer!.id)).to.deep.equal(['riparo.auth.customer-created.v1']);
  });

  it('when somebody registers, then no answer and no event holds anything of the password', async () => {
    const answer = await bench.api.post('/auth/register', buildRegistration());
    await bench.idle();
    for (const text of [answer.text, JSON.stringify(bench.published)]) {
      expect(text).to.not.match(/password|\$2[aby]\$|riparo-1|tasks|emailKey|searchTerms|epoch/i);
    }
  });

  it('when the e-mail is taken, in whatever case, then 409 EMAIL_TAKEN', async () => {
    await bench.registerCustomer({ email: 'taken@example.test' });
    const answer = await bench.api.post('/auth/register', buildRegistration({ email: 'TAKEN@example.test' }));
    expect([answer.status, answer.body.code]).to.deep.equal([409, 'EMAIL_TAKEN']);
  });

  it('when two register with one e-mail at once, then one account and one customer', async () => {
    const registration = () => bench.api.post<SignedIn>('/auth/register', buildRegistration({ email: 'twice@example.test' }));
    const answers = await Promise.all([registration(), registration(), registration()]);
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([201, 409, 409]);
    await bench.idle();
    const made = bench.published.filter(({ data }) => JSON.stringify(data).includes('twice@example.test'));
    expect(made.map(({ type }) => type).sort()).to.deep.equal(['riparo.auth.customer-created.v1', 'riparo.auth.user-registered.v1']);
  });

  it('when repeated with its Idempotency-Key, then the same account and fresh tokens that work', async () => {
    const [body, headers] = [buildRegistration(), { 'idempotency-key': 'registration-1' }];
    const first = await bench.api.post<SignedIn>('/auth/register', body, { headers });
    const second = await bench.api.post<SignedIn>('/auth/register', body, { headers });
    expect([first.status, second.status]).to.deep.equal([201, 201]);
    expect(second.body.data.user.id).to.equal(first.body.data.user.id);
    expect(second.body.data.customer!.id).to.equal(first.body.data.customer!.id);
    const refreshed = await bench.api.post('/auth/refresh', { refreshToken: second.body.data.refreshToken });
    expect(refreshed.status).to.equal(200);
  });

  it('when the body has many faults, then all are told at once and nothing is made', async () => {
    const customer = { type: 'BUSINESS', name: '', billingAddress: { country: 'IT' }, status: 'ACTIVE', contactEmail: { $ne: null } };
    await bench.idle();
    const before = bench.published.length;
    const answer = await bench.api.post('/auth/register', { email: 'x', password: 'short', role: 'ADMIN', customer });
    expect([answer.status, answer.body.code]).to.deep.equal([422, 'VALIDATION_FAILED']);
    expect(answer.body.errors.map(({ path }) => path)).to.include.members([
      'email',
      'password',
      'name',
      'role',
      'customer.name',
      'customer.status',
      'customer.vatNumber',
      'customer.contactEmail',
      'customer.billingAddress.city',
    ]);
    await bench.idle();
    expect(bench.published).to.have.length(before);
  });

  for (const password of ['password123', 'aaaaaaaaaaaa', '1234567890', 'qwertyuiop', 'short', 'ab'.repeat(65)]) {
    it(`when the password is "${password.slice(0, 20)}", then 422`, async () => {
      const answer = await bench.api.post('/auth/register', buildRegistration({ password }));
      expect(answer.status).to.equal(422);
      expect(answer.body.errors.map(({ path }) => path)).to.deep.equal(['password']);
    });
  }

  it('when two passwords differ only after 72 bytes, then only the right one signs in', async () => {
    const long = 'abcdefghijklmnopqrstuvwxyz'.repeat(4);
    await bench.registerCustomer({ email: 'long@example.test', password: `${long}1` });
    expect((await bench.api.post('/auth/login', { email: 'long@example.test', password: `${long}2` })).status).to.equal(401);
    expect((await bench.api.post('/auth/login', { email: 'long@example.test', password: `${long}1` })).status).to.equal(200);
  });

  it('when the JSON is malformed, then 400 MALFORMED_JSON', async () => {
    const answer = await bench.api.request('POST', '/auth/register', '{', { headers: { 'content-type': 'application/json' } });
    expect([answer.status, answer.body.code]).to.deep.equal([400, 'MALFORMED_JSON']);
  });
});
