import { expect } from 'chai';
import { ADMIN, startBench, type Bench, type SignedIn } from './bench.js';
import { buildRegistration, PASSWORD } from './user.builder.js';

/** What signs somebody in asks what a login asks, and is in the audit trail like one. */
describe('every way to a session', () => {
  let bench: Bench;
  let admin: SignedIn;
  let keys = 0;
  before(async () => {
    bench = await startBench();
    admin = await bench.signIn(ADMIN.email, ADMIN.password);
  });
  after(() => bench.stop());

  const register = async () => {
    const [body, headers] = [buildRegistration(), { 'idempotency-key': `registration-${++keys}` }];
    const send = () => bench.api.post<SignedIn>('/auth/register', body, { headers });
    return { ...(await send()).body.data, again: send };
  };
  const types = async (userId: string) => {
    const { body } = await bench.api.get<readonly { type: string }[]>(`/audit-events?subject=${userId}&sort=at`, { token: admin.token });
    return body.data.map(({ type }) => type);
  };

  it('when a registration is repeated after the account was disabled, then 403, as at a login', async () => {
    const { user, again } = await register();
    await bench.api.patch(`/users/${user.id}`, { status: 'DISABLED' }, { token: admin.token });
    const answer = await again();
    expect([answer.status, answer.body.code]).to.deep.equal([403, 'ACCOUNT_DISABLED']);
    expect(await types(user.id)).to.include('LOGIN_REFUSED');
  });

  it('when a registration is repeated after the account was removed, then 401 and no session', async () => {
    const { user, again } = await register();
    await bench.api.delete(`/users/${user.id}`, { token: admin.token });
    const answer = await again();
    expect([answer.status, answer.body.code]).to.deep.equal([401, 'INVALID_CREDENTIALS']);
  });

  it('when a registration is repeated after the password was changed, then 401, and the trail has it', async () => {
    const { user, token, again } = await register();
    const changed = { currentPassword: PASSWORD, newPassword: 'quite another passphrase' };
    expect((await bench.api.post('/auth/me/password', changed, { token })).status).to.equal(200);
    const answer = await again();
    expect([answer.status, answer.body.code]).to.deep.equal([401, 'INVALID_CREDENTIALS']);
    expect(await types(user.id)).to.include('LOGIN_FAILED');
  });

  it('when a registration is repeated hours later, then the session and the sign-in are of that moment', async () => {
    const { user, again } = await register();
    bench.clock.advance(23 * 3_600_000);
    admin = await bench.signIn(ADMIN.email, ADMIN.password);
    const { status, body } = await again();
    expect(status).to.equal(201);
    const hours = (new Date(body.data.expiresAt).getTime() - bench.clock.now().getTime()) / 3_600_000;
    expect(hours).to.be.closeTo(24, 0.01);
    expect((await types(user.id)).filter((type) => type === 'LOGIN_SUCCEEDED')).to.have.length(2);
  });

  it('when an invitation is accepted, then the trail tells of the sign-in too', async () => {
    const invited = { email: 'invited@centre.test', name: 'Ada', role: 'TECH' };
    const { body } = await bench.api.post('/users', invited, { token: admin.token });
    await bench.api.post('/auth/accept-invitation', { token: await bench.linkTo(invited.email), password: PASSWORD });
    expect(await types(body.data.id)).to.deep.equal(['USER_INVITED', 'INVITATION_ACCEPTED', 'LOGIN_SUCCEEDED']);
  });

  it('when an account is disabled while its password is being changed, then no session comes of it', async () => {
    const { user, token } = await register();
    const changed = { currentPassword: PASSWORD, newPassword: 'quite another passphrase' };
    const [answer] = await Promise.all([
      bench.api.post<SignedIn>('/auth/me/password', changed, { token }),
      bench.api.patch(`/users/${user.id}`, { status: 'DISABLED' }, { token: admin.token }),
    ]);
    const tokens = answer.status === 200 ? [answer.body.data.token] : [];
    for (const given of tokens) expect((await bench.api.get('/auth/me', { token: given })).status).to.equal(401);
  });
});
