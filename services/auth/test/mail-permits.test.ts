import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { withoutLinks } from '@riparo/shared/text/without-links';
import { ADMIN, startBench, type Bench, type SignedIn } from './bench.js';
import { PASSWORD } from './user.builder.js';

/** Mails that somebody causes to the address of somebody else. */
describe('mails to other people', () => {
  let bench: Bench;
  let admin: SignedIn;
  before(async () => {
    bench = await startBench();
    admin = await bench.signIn(ADMIN.email, ADMIN.password);
  });
  after(() => bench.stop());

  const from = (ip: string, more: Record<string, string> = {}) => ({ headers: { 'x-forwarded-for': ip, ...more } });
  const mailsTo = (email: string) => bench.mails.filter(({ to }) => to === email);
  const invite = (token: string, part: object = {}, ip = '203.0.113.1') => {
    const body = { email: `invited-${randomUUID()}@example.test`, name: 'Somebody', role: 'CUSTOMER_USER', ...part };
    return bench.api.post('/users', body, { token, ...from(ip) });
  };

  it('when a customer invites one after the other, then 20 go out, and more get 429 from anywhere', async () => {
    const { token } = await bench.registerCustomer();
    const answers = [];
    for (let index = 0; index < 25; index++) answers.push(await invite(token, {}, `203.0.113.${index}`));
    expect(answers.map(({ status }) => status)).to.deep.equal(answers.map((_, index) => (index < 20 ? 201 : 429)));
    expect(answers.at(-1)!.body.code).to.equal('TOO_MANY_ATTEMPTS');
    expect(Number(answers.at(-1)!.headers.get('retry-after'))).to.be.within(1, 3_600);
  });

  it('when a customer tries which e-mails are taken, then the answers end after 20, taken or not', async () => {
    const { token } = await bench.registerCustomer();
    const statuses = [];
    for (let index = 0; index < 22; index++)
      statuses.push(
        (await invite(token, index % 2 === 0 ? { email: (await bench.registerCustomer()).user.email } : {}, `203.0.113.${index}`)).status,
      );
    expect(statuses).to.deep.equal(statuses.map((_, index) => (index >= 20 ? 429 : index % 2 === 0 ? 409 : 201)));
  });

  it('when an administrator invites a whole branch, then all are invited', async () => {
    const statuses = [];
    for (let index = 0; index < 40; index++) statuses.push((await invite(admin.token, { role: 'AGENT' })).status);
    expect(new Set(statuses)).to.deep.equal(new Set([201]));
  });

  it('when many cause mails to one mailbox by whatever way, then ten go out and nothing more is done', async () => {
    const { user, token } = await bench.registerCustomer({ email: 'victim@example.test' });
    const [name, host] = user.email.split('@') as [string, string];
    const statuses = [];
    for (let index = 0; index < 6; index++) {
      const email = `${name}+${index}@${host}`;
      statuses.push((await bench.api.post('/auth/forgot-password', { email }, from(`10.4.0.${index}`))).status);
      statuses.push((await bench.api.post('/auth/verify-email/resend', undefined, { token, ...from(`10.4.1.${index}`) })).status);
    }
    expect(statuses).to.deep.equal(statuses.map((_, index) => (index < 9 ? 202 : 429)));
    const reset = await bench.api.post(`/users/${user.id}/reset-password`, undefined, { token: admin.token });
    expect(reset.status).to.equal(429);
    expect((await bench.api.get('/auth/me', { token })).status).to.equal(200);
    await bench.idle();
    expect(mailsTo(user.email).length).to.be.at.most(10);
  });

  it('when an account whose address nobody confirmed signs in anywhere, then few mails tell of it', async () => {
    const signIns = async (email: string): Promise<number> => {
      await bench.idle();
      const before = mailsTo(email).length;
      for (let index = 0; index < 14; index++) {
        const answer = await bench.api.post(
          '/auth/login',
          { email, password: PASSWORD },
          from(`10.5.0.${index}`, { 'user-agent': `A/${index}` }),
        );
        expect(answer.status).to.equal(200);
      }
      await bench.idle();
      return mailsTo(email).length - before;
    };
    const [unknown, confirmed] = [await bench.registerCustomer(), await bench.registerCustomer()];
    await bench.api.post('/auth/verify-email', { token: await bench.linkTo(confirmed.user.email) });
    expect(await signIns(unknown.user.email)).to.be.within(5, 9);
    expect(await signIns(confirmed.user.email)).to.equal(14);
  });

  it("when a customer's administrator resets or removes their own people, then 403", async () => {
    const mine = await bench.registerCustomer();
    const { id } = (await invite(mine.token)).body.data;
    const reset = await bench.api.post(`/users/${id}/reset-password`, undefined, { token: mine.token });
    const removed = await bench.api.delete(`/users/${id}`, { token: mine.token });
    expect([reset.status, removed.status]).to.deep.equal([403, 403]);
  });

  it('when a name is a link, then the mail greets without it', async () => {
    const { user } = await bench.registerCustomer({ name: 'Win 1000 at https://evil.example/prize www.evil.example evil.example' });
    await bench.idle();
    const { body } = mailsTo(user.email)[0]!;
    expect(body).to.include('Hello Win 1000 at evil. example,');
    expect(body.replaceAll('http://localhost:8080/verify-email', '')).to.not.match(/evil\.\S|:\/\//);
    const nameless = await bench.registerCustomer({ name: 'https://evil.example' });
    await bench.idle();
    expect(mailsTo(nameless.user.email)[0]!.body).to.include(`Hello ${nameless.user.email},`);
  });

  for (const [name, shown] of [
    ['Mario Rossi', 'Mario Rossi'],
    ["Dott.ssa Anna D'Àvila-Böhm", "Dott.ssa Anna D'Àvila-Böhm"],
    ['Dr.Rossi evil.ra.com', 'Dr. Rossi evil.ra. com'],
    ['Rossi S.r.l.', 'Rossi S.r.l.'],
    ['Bar 3/A (Torino), tel. 011', 'Bar 3/A (Torino), tel. 011'],
    ['evil.com', 'evil. com'],
    ['evil．com', 'evil. com'],
    ['xn--80ak6aa92e.xn--p1ai', 'xn--80ak6aa92e. xn--p1ai'],
    ['evil.com/x', ''],
    ['HTTPS://evil mailto:a@b.example tel:+39011 www.evil', ''],
    ['a\nb', 'a b'],
    ['a'.repeat(200), 'a'.repeat(80)],
  ] as const) {
    it(`when a name is ${JSON.stringify(name.slice(0, 40))}, then a mail shows ${JSON.stringify(shown.slice(0, 30))}`, () => {
      expect(withoutLinks(name)).to.equal(shown);
    });
  }
});
