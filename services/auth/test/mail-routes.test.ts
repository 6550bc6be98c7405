import { expect } from 'chai';
import { ADMIN, startBench, type Bench } from './bench.js';
import { buildRegistration, buildStaff, PASSWORD } from './user.builder.js';

/** So many mails go from one network to one mailbox before a pause. */
const FREE = 5;
const TRIES = 9;

type Once = (index: number) => Promise<{ readonly status: number }>;

/** Causes a mail to one mailbox, over and over, from one network. */
const ASKED: Readonly<Record<string, (bench: Bench, email: string) => Promise<Once>>> = {
  'POST /auth/register':
    async ({ api }, email) =>
    (index) =>
      api.post('/auth/register', buildRegistration({ email: plus(email, index) })),
  'POST /auth/register/staff': async ({ api }, email) => {
    const staff = buildStaff({ email });
    return () => api.post('/auth/register/staff', staff);
  },
  'POST /auth/forgot-password': async (bench, email) => {
    await bench.registerCustomer({ email });
    return () => bench.api.post('/auth/forgot-password', { email });
  },
  'POST /auth/verify-email/resend': async (bench, email) => {
    const { token } = await bench.registerCustomer({ email });
    return () => bench.api.post('/auth/verify-email/resend', undefined, { token });
  },
  'POST /users': async (bench, email) => {
    const { token } = await bench.registerCustomer();
    return (index) => bench.api.post('/users', invitation(plus(email, index)), { token });
  },
  'POST /users/:id/invitation': async (bench, email) => {
    const { token } = await bench.registerCustomer();
    const { id } = (await bench.api.post<{ id: string }>('/users', invitation(email), { token })).body.data;
    return () => bench.api.post(`/users/${id}/invitation`, undefined, { token });
  },
  'POST /users/:id/reset-password': async (bench, email) => {
    const { user } = await bench.registerCustomer({ email });
    const { token } = await bench.signIn(ADMIN.email, ADMIN.password);
    return () => bench.api.post(`/users/${user.id}/reset-password`, undefined, { token });
  },
};

/** Tells the owner of an account; left out, but never refused, once it is too much for an address that nobody has confirmed. */
const TOLD: typeof ASKED = {
  'POST /auth/login': async (bench, email) => {
    await bench.registerCustomer({ email });
    const headersOf = (index: number) => ({ headers: { 'user-agent': `Browser/${index}` } });
    return (index) => bench.api.post('/auth/login', { email, password: PASSWORD }, headersOf(index));
  },
  'POST /auth/me/password': async (bench, email) => {
    let { token } = await bench.registerCustomer({ email });
    return async (index) => {
      const passwordOf = (turn: number): string => (turn === 0 ? PASSWORD : `${PASSWORD} ${turn}`);
      const body = { currentPassword: passwordOf(index), newPassword: passwordOf(index + 1) };
      const answer = await bench.api.post<{ token: string }>('/auth/me/password', body, { token });
      token = answer.body.data.token;
      return answer;
    };
  },
};

/** By a link that came by mail, for which a permit was asked. It works once. */
const BY_LINK = [
  ...['POST /auth/reset-password', 'POST /auth/accept-invitation', 'POST /auth/verify-email'],
  ...['POST /reset-password', 'POST /accept-invitation', 'POST /verify-email'],
];
/** The form of a page; its use case is that of `POST /auth/login`. */
const BY_FORM = ['POST /sign-in'];
/** Told by an event, which the notifications service counts. An administrator does it once. */
const BY_EVENT = ['POST /registrations/:userId/approve', 'POST /registrations/:userId/reject'];
const NO_MAIL = [
  ...['POST /auth/refresh', 'POST /auth/logout', 'POST /auth/logout-all', 'PATCH /auth/me', 'POST /auth/approvals'],
  ...['PATCH /users/:id', 'DELETE /users/:id', 'POST /customers', 'PUT /customers/:id', 'DELETE /customers/:id'],
  ...[
    'PUT /customers/:id/profile',
    'PUT /settings',
    'POST /internal/customers',
    'POST /sign-out',
    'POST /internal/parked-events/auth/replay',
  ],
];

const plus = (email: string, index: number): string => email.replace('@', `+${index}@`);
const invitation = (email: string) => ({ email, name: 'Somebody', role: 'CUSTOMER_USER' });

describe('routes of auth that cause a mail', () => {
  let bench: Bench;
  before(async () => {
    bench = await startBench();
  });
  after(() => bench.stop());

  const mailsTo = async (email: string): Promise<number> => {
    await bench.idle();
    const [name, host] = email.split('@') as [string, string];
    return bench.mails.filter(({ to }) => to.startsWith(name) && to.endsWith(host)).length;
  };
  const addressOf = (route: string): string => `victim-${route.replaceAll(/\W+/g, '-').toLowerCase()}@example.test`;
  const repeat = async (once: Once): Promise<readonly number[]> => {
    const statuses = [];
    for (let index = 0; index < TRIES; index++) statuses.push((await once(index)).status);
    return statuses;
  };

  it('when a route that changes something is added, then this table says which mails it causes', () => {
    const changing = bench.service.routes.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);
    expect(changing).to.have.members([...Object.keys(ASKED), ...Object.keys(TOLD), ...BY_LINK, ...BY_FORM, ...BY_EVENT, ...NO_MAIL]);
  });

  for (const [route, prepare] of Object.entries(ASKED))
    it(`when ${route} is repeated for one mailbox, then 429 after ${FREE} mails at most`, async () => {
      const email = addressOf(route);
      const statuses = await repeat(await prepare(bench, email));
      const refused = statuses.indexOf(429);
      expect(refused).to.be.within(1, FREE);
      expect(new Set(statuses.slice(refused))).to.deep.equal(new Set([429]));
      expect(await mailsTo(email)).to.be.within(1, FREE + 1);
    });

  for (const [route, prepare] of Object.entries(TOLD))
    it(`when ${route} is repeated, then it goes on, and few mails tell an address that nobody confirmed`, async () => {
      const email = addressOf(route);
      expect(new Set(await repeat(await prepare(bench, email)))).to.deep.equal(new Set([200]));
      expect(await mailsTo(email)).to.be.within(2, FREE + 1);
    });
});
