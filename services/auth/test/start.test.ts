import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { expect } from 'chai';
import jsonwebtoken from 'jsonwebtoken';
import type { InitialAdmin } from '../src/user/ensure-admin.js';
import { ADMIN, CONFIG, ownInstances, type Bench, type SignedIn } from './bench.js';
import { buildRegistration, PASSWORD } from './user.builder.js';

const pem = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;

interface KeySet {
  readonly id: string;
  readonly keys: readonly { readonly kid: string; readonly n: string; readonly d?: string }[];
}

describe('the first start', () => {
  const start = ownInstances();
  it('when a second instance starts, then there is still one SUPER_ADMIN', async () => {
    const first = await start();
    const second = await start({ connection: first.platform.connection, clock: first.clock });
    const admins = await first.platform.connection.collection('users').countDocuments({ role: 'SUPER_ADMIN' });
    expect(admins).to.equal(1);
    expect((await second.signIn(ADMIN.email, ADMIN.password)).user).to.include({ role: 'SUPER_ADMIN' });
  });

  it('when two instances start at once on an empty database, then each thing is made once', async () => {
    const base = await start();
    const { connection } = base.platform;
    await Promise.all(['users', 'settings', 'signing_keys'].map((name) => connection.collection(name).deleteMany({})));
    await Promise.all([start({ connection, clock: base.clock }), start({ connection, clock: base.clock })]);
    for (const name of ['users', 'settings', 'signing_keys'])
      expect(await connection.collection(name).countDocuments({}), name).to.equal(1);
  });

  it('when no password is configured, then one is made and told once', async () => {
    const told: InitialAdmin[] = [];
    const { ADMIN_PASSWORD: _none, ...env } = CONFIG;
    const bench = await start({ env: { ...env, ADMIN_PASSWORD: '' }, parts: { onInitialAdmin: (admin) => told.push(admin) } });
    expect(told).to.have.length(1);
    expect((await bench.signIn(told[0]!.email, told[0]!.password!)).user).to.include({ role: 'SUPER_ADMIN' });
    await start({
      connection: bench.platform.connection,
      clock: bench.clock,
      env: { ADMIN_PASSWORD: '' },
      parts: { onInitialAdmin: (admin) => told.push(admin) },
    });
    expect(told).to.have.length(1);
  });
});

describe('a crash in the middle of a registration', () => {
  const start = ownInstances();
  it('when the job runs afterwards, then the registration is completed', async () => {
    const bench = await start();
    const users = bench.platform.connection.collection<{ _id: string; tasks: object[] }>('users');
    const registered = await bench.registerCustomer();
    await bench.idle();
    // As a crash right after the first write leaves it.
    const at = bench.clock.now();
    const customer = { type: 'INDIVIDUAL', name: 'Mario', surname: 'Rossi', contactEmail: 'mario@example.test' };
    await bench.platform.connection.collection<{ _id: string }>('customers').deleteOne({ _id: registered.customer!.id });
    await users.updateOne(
      { _id: registered.user.id },
      { $set: { tasks: [{ id: registered.customer!.id, kind: 'CREATE_CUSTOMER', at, customer }] } },
    );
    await bench.service.sweep();
    await bench.service.sweep();
    const answer = await bench.signIn(registered.user.email, PASSWORD);
    expect(answer.customer).to.deep.include({ id: registered.customer!.id, contactEmail: 'mario@example.test' });
    expect((await users.findOne({ _id: registered.user.id }))!.tasks).to.deep.equal([]);
  });

  it('when the user signs in, then the registration is completed', async () => {
    const bench = await start();
    const registered = await bench.registerCustomer();
    await bench.idle();
    await bench.platform.connection.collection<{ _id: string }>('customers').deleteOne({ _id: registered.customer!.id });
    const task = {
      id: registered.customer!.id,
      kind: 'CREATE_CUSTOMER',
      at: bench.clock.now(),
      customer: { type: 'INDIVIDUAL', name: 'M', contactEmail: 'm@e.test' },
    };
    await bench.platform.connection
      .collection<{ _id: string }>('users')
      .updateOne({ _id: registered.user.id }, { $set: { tasks: [task] } });
    expect((await bench.signIn(registered.user.email, PASSWORD)).customer).to.have.property('id', registered.customer!.id);
  });
});

describe('signing keys', () => {
  const start = ownInstances();
  const jwks = async ({ api }: Bench) => (await api.get<KeySet>('/.well-known/jwks.json', { root: true })).body as unknown as KeySet;
  const kidOf = (token: string) => jsonwebtoken.decode(token, { complete: true })!.header.kid!;

  it('when a token is issued, then the published keys verify it and hold nothing private', async () => {
    const bench = await start();
    const { token, user } = await bench.registerCustomer();
    const { keys } = await jwks(bench);
    expect(keys[0]).to.not.have.any.keys('d', 'p', 'q', 'dp', 'dq', 'qi');
    const key = createPublicKey({ key: keys.find(({ kid }) => kid === kidOf(token))! as never, format: 'jwk' });
    const options = { algorithms: ['RS256' as const], audience: 'riparo-api', clockTimestamp: bench.clock.now().getTime() / 1000 };
    expect(jsonwebtoken.verify(token, key, options)).to.include({
      sub: user.id,
      typ: 'access',
      iss: 'riparo',
      role: 'CUSTOMER_ADMIN',
      epoch: 1,
      tenant: 'default',
    });
  });

  it('when the service restarts, then tokens are still good', async () => {
    const first = await start();
    const { token } = await first.registerCustomer();
    const second = await start({ connection: first.platform.connection, clock: first.clock });
    expect((await second.api.get('/auth/me', { token })).status).to.equal(200);
  });

  it('when keys rotate, then nobody is signed out, and old keys go once no token needs them', async () => {
    const bench = await start({ env: { JWT_KEY_ROTATION_DAYS: '90' } });
    await bench.service.rotateKeys();
    expect((await jwks(bench)).keys).to.have.length(1);
    bench.clock.advance(91 * 86_400_000);
    const before = await bench.registerCustomer();
    await bench.service.rotateKeys();
    const after = await bench.signIn(before.user.email, PASSWORD);
    expect(kidOf(after.token)).to.not.equal(kidOf(before.token));
    expect((await jwks(bench)).keys.map(({ kid }) => kid)).to.have.members([kidOf(before.token), kidOf(after.token)]);
    expect((await bench.api.get('/auth/me', { token: before.token })).status).to.equal(200);
    bench.clock.advance(25 * 3_600_000);
    expect((await jwks(bench)).keys.map(({ kid }) => kid)).to.deep.equal([kidOf(after.token)]);
  });

  it('when keys are configured, then the first signs and all verify', async () => {
    const [older, newer] = [pem(), pem()];
    const before = await start({ env: { JWT_PRIVATE_KEY: older } });
    const { token } = await before.registerCustomer();
    const after = await start({
      connection: before.platform.connection,
      clock: before.clock,
      env: { JWT_PRIVATE_KEY: `${newer}\n${older}` },
    });
    expect((await after.api.get('/auth/me', { token })).status).to.equal(200);
    const signedIn = (await after.api.post<SignedIn>('/auth/register', buildRegistration())).body.data;
    expect(kidOf(signedIn.token)).to.not.equal(kidOf(token));
    expect((await jwks(after)).keys).to.have.length(2);
  });
});
