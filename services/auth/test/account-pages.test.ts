import { HOUR_MS } from '@riparo/shared/time/units';
import { expect } from 'chai';
import { startBench, type Bench } from './bench.js';
import { PASSWORD } from './user.builder.js';

describe('pages about accounts', () => {
  let bench: Bench;
  before(async () => {
    bench = await startBench();
  });
  after(() => bench.stop());

  const open = (path: string, headers: Record<string, string> = {}) => bench.api.get(path, { root: true, headers });
  const submit = (path: string, fields: Record<string, string>) =>
    bench.api.request('POST', path, new URLSearchParams(fields).toString(), {
      root: true,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
  const logIn = async (email: string, password: string) => (await bench.api.post('/auth/login', { email, password })).status;

  const resetLink = async () => {
    const { user } = await bench.registerCustomer();
    await bench.api.post('/auth/forgot-password', { email: user.email });
    return { email: user.email, token: await bench.linkTo(user.email) };
  };
  let invited = 0;
  const invitation = async () => {
    const email = `invited-${invited++}@example.test`;
    await bench.api.post('/users', { email, name: 'Nora "N" Rossi', role: 'AGENT' }, { token: await bench.asAdmin() });
    return { email, token: await bench.linkTo(email) };
  };

  describe('/verify-email', () => {
    it('when the page is opened, then nothing is confirmed; when its form is sent, then it is', async () => {
      const { user, token: access } = await bench.registerCustomer();
      const token = await bench.linkTo(user.email);
      const isVerified = async () =>
        (await bench.api.get<{ user: { emailVerified: boolean } }>('/auth/me', { token: access })).text.includes('"emailVerified":true');
      const { status, text, headers } = await open(`/verify-email?token=${token}`);
      expect([status, await isVerified()]).to.deep.equal([200, false]);
      expect(text).to.include('<form method="post"').and.include(user.email);
      expect([headers.get('cache-control'), headers.get('referrer-policy')]).to.deep.equal(['no-store', 'no-referrer']);
      expect((await submit('/verify-email', { token })).text).to.include('Your email address is confirmed');
      expect(await isVerified()).to.equal(true);
      const again = await open(`/verify-email?token=${token}&utm=x`);
      expect([again.status, again.text.includes('already confirmed'), again.text.includes('<form')]).to.deep.equal([200, true, false]);
    });
  });

  describe('/reset-password', () => {
    it('when a good password is sent, then it is the one to sign in with, and the link is used', async () => {
      const { email, token } = await resetLink();
      const password = ' blanks around it count ';
      expect((await open(`/reset-password?token=${token}`)).text).to.include('At least 10 characters');
      const done = await submit('/reset-password', { token, password });
      expect([done.status, done.text.includes('Your new password is saved'), done.text.includes(password.trim())]).to.deep.equal([
        200,
        true,
        false,
      ]);
      expect([await logIn(email, password), await logIn(email, PASSWORD)]).to.deep.equal([200, 401]);
      for (const answer of [await open(`/reset-password?token=${token}`), await submit('/reset-password', { token, password })])
        expect([answer.status, answer.text.includes('has been used'), answer.text.includes('<form')]).to.deep.equal([422, true, false]);
    });

    for (const [password, said] of [
      ['', 'Please enter a password'],
      ['short', 'Please use at least 10 characters'],
      ['0123456789', 'one of the first passwords'],
      ['x'.repeat(129), 'Please use at most 128 characters'],
    ] as const)
      it(`when the password is "${password.slice(0, 12)}", then the field says why, and the link still works`, async () => {
        const { email, token } = await resetLink();
        const { status, text } = await submit('/reset-password', { token, password });
        expect([status, text.includes(said), text.includes('aria-invalid')]).to.deep.equal([422, true, true]);
        expect(await logIn(email, PASSWORD)).to.equal(200);
        expect((await submit('/reset-password', { token, password: 'three words in a row' })).status).to.equal(200);
      });

    it('when the link is too old, wrong or missing, then the page says what to do', async () => {
      const { token } = await resetLink();
      bench.clock.advance(2 * HOUR_MS);
      for (const query of [`?token=${token}`, '?token=nonsense', '', '?token=a&token=b', `?token=${'x'.repeat(600)}`]) {
        const { status, text } = await open(`/reset-password${query}`);
        expect([status, text.includes('Ask for a new password again'), text.includes('<form')], query).to.deep.equal([422, true, false]);
      }
      expect((await submit('/reset-password', { token, password: 'three words in a row' })).status).to.equal(422);
      expect((await submit('/reset-password', {})).status).to.equal(422);
    });

    it('when a link is for something else, then it opens nothing', async () => {
      const { user } = await bench.registerCustomer();
      const token = await bench.linkTo(user.email);
      expect((await open(`/reset-password?token=${token}`)).status).to.equal(422);
    });

    it('when the browser or the switch asks for Italian, then the page is Italian, and so is the next', async () => {
      const { token } = await resetLink();
      const { text } = await open(`/reset-password?token=${token}`, { 'accept-language': 'it' });
      expect(text).to.include('lang="it"').and.include('Scegli una nuova password').and.include('action="/reset-password?lang=it"');
      expect(text).to.include(`href="/reset-password?token=${token}&amp;lang=en"`);
      expect((await submit('/reset-password?lang=it', { token, password: 'short' })).text).to.include('Usa almeno 10 caratteri');
    });
  });

  describe('/accept-invitation', () => {
    it('when the form is sent, then the account is open under the name, and nobody is signed in by it', async () => {
      const { email, token } = await invitation();
      expect((await open(`/accept-invitation?token=${token}`)).text).to.include('value="Nora &quot;N&quot; Rossi"');
      const faulty = await submit('/accept-invitation', { token, name: 'x'.repeat(201), password: 'short' });
      expect(faulty.text).to.include('at most 200 characters').and.include('at least 10 characters');
      const { status, text, headers } = await submit('/accept-invitation', { token, name: ' Nora Bianchi ', password: PASSWORD });
      expect([status, text.includes('Your account is ready'), headers.get('set-cookie')]).to.deep.equal([200, true, null]);
      expect((await bench.signIn(email, PASSWORD)).user).to.include({ name: 'Nora Bianchi', emailVerified: true });
      expect((await open(`/accept-invitation?token=${token}`)).text).to.include('just sign in');
    });

    it('when one form is sent many times at once, then it works once, and the others are told', async () => {
      const { token } = await invitation();
      const answers = await Promise.all(Array.from({ length: 8 }, () => submit('/accept-invitation', { token, password: PASSWORD })));
      const statuses = answers.map(({ status }) => status).filter((status) => status !== 200);
      expect(statuses).to.have.length(7);
      for (const { status, text } of answers)
        expect([200, 422, 429].includes(status) && /account is ready|just sign in|Too many attempts/.test(text), text).to.equal(true);
    });
  });
});
