import { invalidInput } from '@riparo/shared/errors/common-errors';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { createInternalMailer } from '../src/mail/mailer.js';
import { ownInstances, startBench, type Bench } from './bench.js';
import { buildStaff, PASSWORD } from './user.builder.js';

describe('mailed links', () => {
  const start = ownInstances();
  let bench: Bench;
  before(async () => {
    bench = await startBench({ env: { PUBLIC_URL: 'https://desk.example.test/app' } });
  });
  after(() => bench.stop());

  const forgot = (email: string) => bench.api.post('/auth/forgot-password', { email });
  const reset = (token: string, newPassword = 'a new passphrase to use') => bench.api.post('/auth/reset-password', { token, newPassword });
  const verify = (token: string) => bench.api.post<{ id: string; emailVerified: boolean }>('/auth/verify-email', { token });
  const me = async (token: string) => (await bench.api.get('/auth/me', { token })).status;

  describe('POST /auth/forgot-password', () => {
    it('when a known, an unknown and an unapproved account ask, then all are answered alike, one is mailed', async () => {
      const { user } = await bench.registerCustomer();
      const staff = buildStaff();
      await bench.api.post('/auth/register/staff', staff);
      const before = bench.mails.length;
      const answers = [await forgot(user.email), await forgot('nobody@example.test'), await forgot(String(staff.email))];
      expect(answers.map(({ status }) => status)).to.deep.equal([202, 202, 202]);
      expect(new Set(answers.map(({ body }) => body.message)).size).to.equal(1);
      await bench.idle();
      const mailed = bench.mails.slice(before).filter(({ subject }) => subject === 'Choose a new password');
      expect(mailed.map(({ to }) => to)).to.deep.equal([user.email]);
      expect(mailed[0]!.body).to.include('https://desk.example.test/app/reset-password?token=');
    });

    it('when asked again and again, then 429, for unknown accounts too', async () => {
      for (const email of [(await bench.registerCustomer()).user.email, 'also-nobody@example.test']) {
        const statuses = [];
        for (let times = 0; times < 7; times++) statuses.push((await forgot(email)).status);
        expect(statuses).to.deep.equal([202, 202, 202, 202, 202, 429, 429]);
      }
    });

    it('when strangers ask again and again, then the owner still can from where they signed in before', async () => {
      const { user } = await bench.registerCustomer();
      const ask = async (ip: string) =>
        (await bench.api.post('/auth/forgot-password', { email: user.email }, { headers: { 'x-forwarded-for': ip } })).status;
      const headers = { 'x-forwarded-for': '2001:db8:5::1' };
      await bench.api.post('/auth/login', { email: user.email, password: PASSWORD }, { headers });
      for (let stranger = 1; stranger <= 6; stranger++) for (let times = 0; times < 5; times++) await ask(`10.3.0.${stranger}`);
      expect(await ask('10.3.1.1')).to.equal(429);
      expect(await ask('2001:db8:5::2')).to.equal(202);
    });

    it('when a crash came after the request was noted, then the job mails the link', async () => {
      const { user } = await bench.registerCustomer();
      await bench.platform.connection
        .collection<{ _id: string }>('forgotten_passwords')
        .insertOne({ _id: 'left', tenantId: 'default', email: user.email, at: bench.clock.now(), ip: '10.0.0.1' } as { _id: string });
      await bench.service.sweep();
      expect(await bench.linkTo(user.email)).to.be.a('string');
    });

    it('when the job takes a request that is being answered, then one mail goes out', async () => {
      const { user } = await bench.registerCustomer();
      await bench.platform.connection.collection<{ _id: string }>('forgotten_passwords').insertOne({
        _id: 'taken twice',
        tenantId: 'default',
        email: user.email,
        at: bench.clock.now(),
        ip: '10.0.0.1',
      } as {
        _id: string;
      });
      await Promise.all([bench.service.sweep(), bench.service.sweep()]);
      await bench.idle();
      expect(bench.mails.filter(({ to, subject }) => to === user.email && subject === 'Choose a new password')).to.have.length(1);
    });
  });

  describe('POST /auth/reset-password', () => {
    const linkFor = async (email: string) => {
      await forgot(email);
      return bench.linkTo(email);
    };

    it('when a link is used, then it sets the password, ends every session and tells by mail', async () => {
      const { user, token } = await bench.registerCustomer();
      expect((await reset(await linkFor(user.email))).status).to.equal(202);
      expect(await me(token)).to.equal(401);
      expect((await bench.api.post('/auth/login', { email: user.email, password: PASSWORD })).status).to.equal(401);
      expect((await bench.signIn(user.email, 'a new passphrase to use')).user).to.include({ id: user.id, emailVerified: true });
      await bench.idle();
      expect(bench.mails.filter(({ to }) => to === user.email).at(-1)!.subject).to.equal('Your password was changed');
    });

    it('when a link is used twice, also at once, then it works once', async () => {
      const { user } = await bench.registerCustomer();
      const link = await linkFor(user.email);
      const answers = await Promise.all([reset(link, 'the first passphrase'), reset(link, 'the second passphrase')]);
      expect(answers.map(({ status }) => status).sort()).to.deep.equal([202, 422]);
      expect((await reset(link)).body.code).to.equal('LINK_NOT_VALID');
    });

    it('when an hour has passed or the password was changed otherwise, then the link does not work', async () => {
      const [first, second, third] = [await bench.registerCustomer(), await bench.registerCustomer(), await bench.registerCustomer()];
      const [changed, inTime, late] = [await linkFor(first.user.email), await linkFor(second.user.email), await linkFor(third.user.email)];
      const { token } = first;
      await bench.api.post('/auth/me/password', { currentPassword: PASSWORD, newPassword: 'changed by its owner' }, { token });
      expect((await reset(changed)).status).to.equal(422);
      bench.clock.advance(59 * 60_000);
      expect((await reset(inTime)).status).to.equal(202);
      bench.clock.advance(2 * 60_000);
      expect((await reset(late)).status).to.equal(422);
    });

    it('when a link is for another purpose, mutilated or invented, then 422 LINK_NOT_VALID', async () => {
      const { user } = await bench.registerCustomer();
      await bench.idle();
      const verification = await bench.linkTo(user.email);
      const link = await linkFor(user.email);
      for (const bad of [verification, link.slice(0, -3), `${link.slice(0, -6)}AAAAAA`, 'x']) {
        const answer = await reset(bad);
        expect([answer.status, answer.body.code], bad).to.deep.equal([422, 'LINK_NOT_VALID']);
      }
      expect((await reset(link, 'short')).body.errors.map(({ path }) => path)).to.deep.equal(['newPassword']);
      expect((await reset(link)).status).to.equal(202);
    });

    it('when a link was mailed, then the database keeps no token', async () => {
      const { user } = await bench.registerCustomer();
      const link = await linkFor(user.email);
      const everything = [];
      for (const { name } of await bench.platform.connection.db!.listCollections().toArray()) {
        everything.push(...(await bench.platform.connection.collection(name).find().toArray()));
      }
      expect(JSON.stringify(everything)).to.not.include(link).and.not.include(link.slice(-20));
    });
  });

  describe('POST /users/:id/reset-password', () => {
    it('when an administrator resets a password, then the sessions end and the link is mailed', async () => {
      const admin = await bench.asAdmin();
      const tech = await bench.approvedStaff();
      expect((await bench.api.post(`/users/${tech.user.id}/reset-password`, undefined, { token: admin })).status).to.equal(202);
      expect(await me(tech.token)).to.equal(401);
      expect((await reset(await bench.linkTo(tech.user.email))).status).to.equal(202);
    });
    it('when somebody who is no administrator resets a password, then 403', async () => {
      const [mine, other] = [await bench.registerCustomer(), await bench.registerCustomer()];
      const ask = (id: string, token: string) => bench.api.post(`/users/${id}/reset-password`, undefined, { token });
      expect((await ask(other.user.id, mine.token)).status).to.equal(403);
      expect((await ask(mine.user.id, mine.token)).status).to.equal(403);
      expect((await ask(mine.user.id, bench.tokenFor({ role: 'AGENT' }))).status).to.equal(403);
    });
  });

  describe('POST /users/:id/invitation', () => {
    const invite = async (token: string) => {
      const email = `new-${randomUUID()}@example.test`;
      const { status, body } = await bench.api.post('/users', { email, role: 'CUSTOMER_USER', name: 'Nina Neri' }, { token });
      expect(status).to.equal(201);
      return { email, id: body.data.id, first: await bench.linkTo(email) };
    };
    const again = (id: string, token: string) => bench.api.post(`/users/${id}/invitation`, undefined, { token });

    it("when a customer's administrator asks, then the link is mailed once more and it is audited", async () => {
      const mine = await bench.registerCustomer();
      const { email, id, first } = await invite(mine.token);
      expect((await again(id, mine.token)).status).to.equal(202);
      const second = await bench.linkTo(email);
      expect(second).to.not.equal(first);
      const accepted = await bench.api.post('/auth/accept-invitation', { token: second, password: PASSWORD });
      expect(accepted.status).to.equal(200);
      const audited = await bench.platform.connection.collection('audit_events').countDocuments({ subject: id, type: 'USER_INVITED' });
      expect(audited).to.equal(2);
      const late = await again(id, mine.token);
      expect([late.status, late.body.code]).to.deep.equal([409, 'USER_NOT_INVITED']);
    });

    it('when the person is of another customer or unknown, then 404', async () => {
      const [mine, other] = [await bench.registerCustomer(), await bench.registerCustomer()];
      const { id } = await invite(other.token);
      expect((await again(id, mine.token)).status).to.equal(404);
      expect((await again(randomUUID(), mine.token)).status).to.equal(404);
    });
  });

  describe('POST /auth/verify-email', () => {
    it('when the address was confirmed, then every link to it says that all is well, and none is sent again', async () => {
      const { user, token } = await bench.registerCustomer();
      const first = await bench.linkTo(user.email);
      expect((await bench.api.post('/auth/verify-email/resend', undefined, { token })).status).to.equal(202);
      const second = await bench.linkTo(user.email);
      expect(second).to.not.equal(first);
      expect((await verify(second)).body.data.emailVerified).to.equal(true);
      for (const opened of [second, first]) {
        const again = await verify(opened);
        expect([again.status, again.body.data]).to.deep.equal([200, { email: user.email, emailVerified: true }]);
      }
      const audited = await bench.platform.connection
        .collection('audit_events')
        .countDocuments({ subject: user.id, type: 'EMAIL_VERIFIED' });
      expect(audited).to.equal(1);
      const mailed = bench.mails.length;
      await bench.api.post('/auth/verify-email/resend', undefined, { token });
      await bench.idle();
      expect(bench.mails).to.have.length(mailed);
    });
    it('when the account was removed, then the link is not valid', async () => {
      const { user } = await bench.registerCustomer();
      const link = await bench.linkTo(user.email);
      await verify(link);
      await bench.api.delete(`/users/${user.id}`, { token: await bench.asAdmin() });
      expect((await verify(link)).body.code).to.equal('LINK_NOT_VALID');
    });
    it('when a user speaks Italian, then the mail is in Italian', async () => {
      const { user } = await bench.registerCustomer({ locale: 'it-IT', name: 'Ugo {link}' });
      await bench.idle();
      const mail = bench.mails.find(({ to }) => to === user.email)!;
      expect(mail.subject).to.equal('Conferma il tuo indirizzo e-mail');
    });
  });

  it('when mails cannot be handed over, then they wait and are sent once later', async () => {
    let away = true;
    const mails: string[] = [];
    const mailer = {
      send: async ({ to, id }: { to: string; id: string }) => {
        if (away) throw new Error('notifications are away');
        mails.push(`${to} ${id}`);
      },
    };
    const own = await start({ parts: { mailer } });
    const { user } = await own.registerCustomer();
    await own.idle();
    away = false;
    await own.service.sweep();
    await own.service.sweep();
    expect(mails).to.have.length(1);
    expect(mails[0]).to.include(user.email);
  });

  it('when the notifications service refuses a mail for good, then it is given up', async () => {
    let tries = 0;
    const mailer = {
      send: async () => {
        tries += 1;
        throw invalidInput([{ path: 'subject', message: 'is too long' }]);
      },
    };
    const own = await start({ parts: { mailer } });
    await own.registerCustomer();
    await own.idle();
    await own.service.sweep();
    expect(tries).to.equal(1);
  });

  it('when a mail with a new link is handed over, then it is another request for the same mail', async () => {
    const requests: { readonly key: string; readonly dedupeKey: unknown }[] = [];
    const post = async <T>(path: string, body: unknown, key: string): Promise<T> => {
      expect(path).to.equal('/internal/notifications');
      requests.push({ key, dedupeKey: (body as { dedupeKey: unknown }).dedupeKey });
      return undefined as T;
    };
    const mailer = createInternalMailer({ post, get: () => Promise.reject(new Error('not asked for')) });
    const mail = { id: 'm1', to: 'a@b.example', locale: 'en', subject: 'Hello' };
    for (const body of ['link 1', 'link 2', 'link 2']) await mailer.send({ ...mail, body });
    expect(new Set(requests.map(({ dedupeKey }) => dedupeKey)).size).to.equal(1);
    expect(new Set(requests.map(({ key }) => key)).size).to.equal(2);
  });

  it('when an approval is given, then it serves one purpose and subject, and is no access token', async () => {
    const tech = await bench.approvedStaff();
    const customer = await bench.registerCustomer();
    const subjectId = '018f0000-0000-7000-8000-000000000001';
    const ask = (token: string, body: object) =>
      bench.api.post<{ id: string; approvalToken: string; expiresAt: string; approvedBy: { id: string } }>(
        '/auth/approvals',
        { purpose: 'sign:work-report', subjectId, ...body },
        { token },
      );
    const own = await ask(tech.token, { password: PASSWORD });
    expect(own.body.data.approvedBy.id).to.equal(tech.user.id);
    expect(new Date(own.body.data.expiresAt).getTime() - bench.clock.now().getTime()).to.be.within(299_000, 300_000);
    expect(await me(own.body.data.approvalToken)).to.equal(401);
    const redeem = (token: string, use: string, requestedBy = tech.user.id) =>
      bench.platform.approvals.redeem(token, { tenantId: 'default', requestedBy, purpose: 'sign:work-report', subjectId, use });
    expect((await redeem(own.body.data.approvalToken, 'a')).userId).to.equal(tech.user.id);
    const signed = await ask(tech.token, { email: customer.user.email, password: PASSWORD });
    expect(signed.body.data.approvedBy.id).to.equal(customer.user.id);
    expect(await redeem(signed.body.data.approvalToken, 'b')).to.include({
      userId: customer.user.id,
      role: 'CUSTOMER_ADMIN',
      customerId: customer.customer!.id,
    });
    expect((await ask(customer.token, { email: tech.user.email, password: PASSWORD })).status).to.equal(403);
    expect((await ask(tech.token, { password: 'not the password' })).body.code).to.equal('INVALID_CREDENTIALS');
    expect(
      (await ask(tech.token, { password: PASSWORD, purpose: 'X Y', subjectId: 'x' })).body.errors.map(({ path }) => path),
    ).to.deep.equal(['purpose', 'subjectId']);
    const admin = await bench.asAdmin();
    const trail = await bench.api.get<readonly { type: string }[]>(`/audit-events?subject=${customer.user.id}&type=APPROVAL_GIVEN`, {
      token: admin,
    });
    expect(trail.body.data).to.have.length(1);
  });
});
