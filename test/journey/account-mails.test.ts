import { eventually } from '@riparo/shared/testing/eventually';
import { expect } from 'chai';
import { inOneSharedProcess, type Scene } from '../systems/modes.js';
import { mailTo, type Mail } from './mailbox.js';
import { createPerson, PASSWORD, type Person } from './person.js';

const PUBLIC_URL = 'https://desk.example.test/app';

/** Subject and a phrase of each mail about accounts, in the order in which the journey below causes them. */
const MAILS = {
  en: {
    verification: [/^Confirm your e-mail address$/, 'Please confirm'],
    approval: [/^Your registration was approved$/, 'approved'],
    rejection: [/^Your registration was not approved$/, 'No vacancy at the moment'],
    invitation: [/^You are invited to/, 'Choose your password'],
    reset: [/^Choose a new password$/, 'works once'],
    passwordChanged: [/^Your password was changed$/, 'every other session has ended'],
    newDevice: [/^New sign-in to your account$/, 'from a new device'],
  },
  it: {
    verification: [/^Conferma il tuo indirizzo e-mail$/, 'Conferma che questo'],
    approval: [/^La tua registrazione è stata approvata$/, 'Da ora puoi accedere'],
    rejection: [/^La tua registrazione non è stata approvata$/, 'No vacancy at the moment'],
    invitation: [/^Sei invitato in/, 'Scegli la tua password'],
    reset: [/^Scegli una nuova password$/, 'una sola volta'],
    passwordChanged: [/^La tua password è stata cambiata$/, 'tutte le altre sessioni'],
    newDevice: [/^Nuovo accesso al tuo account$/, 'nuovo dispositivo'],
  },
} as const;

type Locale = keyof typeof MAILS;

const mails = (scene: Scene, locale: Locale) => ({
  /** The mail has come, in that language, filled in, and with a link of this installation if it has one. */
  expectMail: async (kind: keyof (typeof MAILS)['en'], to: string, page?: string): Promise<Mail> => {
    const [subject, phrase] = MAILS[locale][kind];
    const mail = await mailTo(scene.cast.mailbox, to, subject);
    expect(mail.text, kind).to.include(phrase);
    expect(`${mail.subject}\n${mail.text}`, kind).to.not.match(/\{\w+\}|undefined/);
    if (page !== undefined) expect(mail.text, kind).to.include(`${PUBLIC_URL}/${page}?token=`);
    else expect(mail.text, kind).to.not.include('token=');
    return mail;
  },
});

const tokenIn = ({ text }: Mail): string => /token=([\w-]+)/.exec(text)![1]!;

const registrationOf = async (admin: Person, email: string): Promise<string> => {
  const pending = await admin.get<readonly { readonly id: string; readonly email: string }[]>('/registrations?status=PENDING');
  return pending.find((one) => one.email === email)!.id;
};

const define = (shared: () => Scene): void => {
  for (const locale of ['en', 'it'] as const) {
    it(`when people use ${locale}, then the mails reach them in it`, async () => {
      const scene = shared();
      // Each language has people of its own.
      const address = (name: string): string => `${name}-${locale}@example.com`;
      const { url, admin } = scene.cast;
      const { expectMail } = mails(scene, locale);
      const customer = createPerson(url, address('carla'));
      const profile = { type: 'INDIVIDUAL', name: 'Carla', surname: 'Bruni', contactPhone: '+390212345678' };
      await customer.post('/auth/register', { email: customer.email, password: PASSWORD, name: 'Carla', locale, customer: profile });
      const verification = await expectMail('verification', customer.email, 'verify-email');
      await customer.post('/auth/verify-email', { token: tokenIn(verification) });

      for (const email of [address('yes'), address('no')])
        await createPerson(url, email).post('/auth/register/staff', { email, password: PASSWORD, name: 'Edith', role: 'TECH', locale });
      await admin.post(`/registrations/${await registrationOf(admin, address('yes'))}/approve`, {});
      await expectMail('approval', address('yes'));
      const reason = 'No vacancy at the moment';
      await admin.post(`/registrations/${await registrationOf(admin, address('no'))}/reject`, { reason });
      await expectMail('rejection', address('no'));

      await admin.post('/users', { email: address('new'), name: 'Nora', role: 'AGENT', locale });
      const invitation = await expectMail('invitation', address('new'), 'accept-invitation');
      const accepted = { token: tokenIn(invitation), password: PASSWORD };
      await createPerson(url, address('new')).post('/auth/accept-invitation', accepted);

      await customer.post('/auth/forgot-password', { email: customer.email });
      const reset = await expectMail('reset', customer.email, 'reset-password');
      await customer.post('/auth/reset-password', { token: tokenIn(reset), newPassword: 'another passphrase' });
      await expectMail('passwordChanged', customer.email);

      const response = await fetch(`${url}/api/v1/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'user-agent': 'A device never seen before' },
        body: JSON.stringify({ email: customer.email, password: 'another passphrase' }),
      });
      expect(response.status).to.equal(200);
      expect((await expectMail('newDevice', customer.email)).text).to.include('A device never seen before');
    });
  }

  it('when the mail server refuses an address, then its account shows it until a mail is taken', async () => {
    const { sink, cast } = shared();
    const dora = createPerson(cast.url, 'dora@example.com');
    sink.behave({ kind: 'refuse', code: 550, message: '5.1.1 no such mailbox', recipient: dora.email });
    const customer = { type: 'INDIVIDUAL', name: 'Dora', surname: 'Neri', contactPhone: '+390212345678' };
    await dora.post('/auth/register', { email: dora.email, password: PASSWORD, name: 'Dora', customer });
    await dora.logIn();
    const failure = async (): Promise<{ readonly reason: string } | undefined> => {
      const { user } = await dora.get<{ user: { emailFailure?: { readonly reason: string } } }>('/auth/me');
      return user.emailFailure;
    };
    await eventually(async () => (await failure())?.reason.includes('no such mailbox') === true);
    const [seen] = await cast.admin.get<readonly { emailFailure?: object }[]>('/users?search=dora%40example.com');
    expect(seen?.emailFailure).to.deep.equal(await failure());
    sink.behave({ kind: 'accept' });
    await dora.post('/auth/verify-email/resend', {});
    await mailTo(cast.mailbox, dora.email, /Confirm/);
    await eventually(async () => (await failure()) === undefined);
  });
};

inOneSharedProcess('mails about accounts', define, { PUBLIC_URL });
