import { expect } from 'chai';
import { ADMIN, ownInstances } from './bench.js';
import { buildRegistration, PASSWORD } from './user.builder.js';

/** Registrations cost a hash each, so they are counted before anything is done for them. */
describe('many registrations', () => {
  const start = ownInstances();

  const from = (ip: string, more: Record<string, string> = {}) => ({ headers: { 'x-forwarded-for': ip, ...more } });

  it('when one address registers 60 at once, then 30 are made and the others get 429', async () => {
    const bench = await start();
    const register = (ip: string) => bench.api.post('/auth/register', buildRegistration(), from(ip));
    const answers = await Promise.all(Array.from({ length: 60 }, () => register('203.0.113.1')));
    const refused = answers.filter(({ status }) => status === 429);
    expect(answers.filter(({ status }) => status === 201)).to.have.length(30);
    expect(refused.map(({ body }) => body.code)).to.deep.equal(refused.map(() => 'TOO_MANY_ATTEMPTS'));
    expect(Number(refused[0]!.headers.get('retry-after'))).to.be.within(1, 3_600);
    expect((await register('203.0.113.2')).status).to.equal(201);
    expect((await bench.signIn(ADMIN.email, ADMIN.password)).token).to.be.a('string');
  });

  it('when the pause has ended, then a registration that was refused works with its Idempotency-Key', async () => {
    const bench = await start();
    for (let made = 0; made < 30; made++) await bench.api.post('/auth/register', buildRegistration(), from('203.0.113.1'));
    const body = buildRegistration();
    const send = () => bench.api.post('/auth/register', body, from('203.0.113.1', { 'idempotency-key': 'again' }));
    expect((await send()).status).to.equal(429);
    bench.clock.advance(61_000);
    expect((await send()).status).to.equal(201);
  });

  it('when a link is spent, then it costs no hash, and when it comes too often, then 429', async () => {
    const bench = await start();
    const { user } = await bench.registerCustomer();
    await bench.api.post('/auth/forgot-password', { email: user.email });
    const token = await bench.linkTo(user.email);
    const reset = () => bench.api.post('/auth/reset-password', { token, newPassword: PASSWORD });
    const answers = await Promise.all(Array.from({ length: 20 }, reset));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 202)).to.have.length(1);
    expect(statuses).to.include(429);
    expect((await reset()).status).to.equal(422);
  });
});
