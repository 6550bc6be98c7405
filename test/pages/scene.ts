import { eventually } from '@riparo/shared/testing/eventually';
import { joinAsEngineer } from '../journey/journey.js';
import { mailTo } from '../journey/mailbox.js';
import { createPerson, PASSWORD, type Person } from '../journey/person.js';
import type { Scene } from '../systems/modes.js';

/** As long as names get, in letters that run from the right; a word of it fits no phone. */
export const LONG_NAME = 'مركز الصيانة السريع للأجهزة الإلكترونية والهواتف';
const LONG_WORD = 'Elektrogerätereparaturwerkstattbetriebsgesellschaft';

/** The centre as it might be: a colour that white cannot be read on, and a way to pay by bank. */
export const brandCentre = async (admin: Person): Promise<void> => {
  const { version: _version, updatedAt: _at, ...kept } = await admin.get<Readonly<Record<string, unknown>>>('/settings');
  const contact = { contactEmail: 'desk@centre.example', contactPhone: '+39 059 123456' };
  await admin.put('/settings', { ...kept, ...contact, companyName: `${LONG_NAME} ${LONG_WORD}`, brandColour: '#ffe100' });
};

const LABOUR = { kind: 'LABOUR', description: `${LONG_WORD} ${LONG_NAME}`, unitPrice: 6_000, vatRate: 22, minutes: 60 };

interface Repair {
  readonly id: string;
  readonly number: string;
}

/** A repair whose quote waits for an answer, and one that is done and to be paid. */
const repairs = async ({ cast }: Scene, locale: string) => {
  const engineer = await joinAsEngineer(cast, `bench-${locale}@example.com`, 'Bea Bench');
  const contactEmail = `carla-${locale}@example.com`;
  const customer = { type: 'INDIVIDUAL', name: 'Carla', surname: `Bianchi ${locale}`, contactPhone: '+39 059 123456', contactEmail };
  const takeIn = async (serialNumber: string): Promise<Repair> => {
    const device = { category: 'PHONE', brand: LONG_WORD, model: '5', serialNumber };
    const { id: _none, ...repair } = await cast.admin.post<Repair>('/repairs', { device, problemDescription: 'Broken', customer });
    await eventually(() => engineer.post(`/repairs/${_none}/take`, {}).then(() => true));
    return { id: _none, ...repair };
  };
  const quoted = await takeIn(`PAGE-${locale}-1`);
  const quote = await eventually(() => engineer.post<Repair>('/quotes', { repairId: quoted.id, lines: [LABOUR] }));
  await engineer.post(`/quotes/${quote.id}/send`, {});
  const done = await takeIn(`PAGE-${locale}-2`);
  await engineer.post(`/repairs/${done.id}/complete`, { description: 'New display', lines: [LABOUR] });
  const { url } = await eventually(() => cast.admin.post<{ url: string }>(`/repairs/${done.id}/payment-link`, {}));
  return {
    engineer,
    contactEmail,
    pay: new URL(url).pathname,
    status: `/repair-status?number=${quoted.number}&serialNumber=PAGE-${locale}-1`,
  };
};

/** A ticket that was closed and waits for a rating, and one with an appointment. */
const tickets = async ({ cast: { admin, mailbox } }: Scene, engineer: Person, locale: string) => {
  const contactEmail = `tina-${locale}@example.com`;
  const contact = { contactPhone: '+39 059 123456', contactEmail };
  const { id: customerId } = await admin.post<{ id: string }>('/customers', {
    type: 'INDIVIDUAL',
    name: 'Tina',
    surname: 'Blu',
    ...contact,
  });
  const open = (title: string) =>
    eventually(() =>
      admin.post<{ id: string }>('/tickets', { customerId, title, description: LONG_NAME, category: 'HARDWARE', source: 'PHONE' }),
    );
  const closed = await open(`${LONG_WORD} ${LONG_NAME}`);
  // By somebody else than who opened it, and once the engineer has it.
  const resolved = { status: 'RESOLVED', resolution: 'New cable' };
  await eventually(() => engineer.patch(`/tickets/${closed.id}/status`, resolved).then(() => true));
  await engineer.patch(`/tickets/${closed.id}/status`, { status: 'CLOSED' });
  const visited = await open('Slow');
  // Late enough that it can still be moved.
  const slots = await admin.get<readonly { startAt: string; endAt: string }[]>('/appointments/slots?type=REMOTE_SESSION');
  const slot = slots.at(-1);
  const times = { scheduledStartAt: slot?.startAt, scheduledEndAt: slot?.endAt };
  await admin.post(`/tickets/${visited.id}/appointments`, { type: 'REMOTE_SESSION', ...times });
  const linkIn = async (subject: RegExp, link: RegExp): Promise<string> =>
    link.exec((await mailTo(mailbox, contactEmail, subject)).text)?.[0] ?? '';
  const appointment = await linkIn(/Your appointment/, /\/appointments\/[\w.-]+/);
  return { rate: await linkIn(/Closed/, /\/rate\/[\w.-]+/), appointment, move: `${appointment}/move` };
};

/** Somebody of each kind whom a mail about an account reaches, in a language. */
const accounts = async ({ cast: { url, admin, mailbox } }: Scene, locale: string) => {
  const person = createPerson(url, `paul-${locale}@example.com`);
  const customer = { type: 'INDIVIDUAL', name: 'Paul', surname: 'Weber', contactPhone: '+390212345678' };
  await person.post('/auth/register', { email: person.email, password: PASSWORD, name: 'Paul', locale, customer });
  await person.post('/auth/forgot-password', { email: person.email });
  const invited = `nora-${locale}@example.com`;
  await admin.post('/users', { email: invited, name: LONG_NAME, role: 'AGENT', locale });
  const linkTo = async (email: string, page: string): Promise<string> => {
    const mail = await eventually(() => {
      const found = mailbox.mails().find(({ to, text }) => to.includes(email) && text.includes(`/${page}?token=`));
      if (found === undefined) throw new Error(`no mail with ${page} to ${email}`);
      return found;
    });
    return new RegExp(`/${page}\\?token=[\\w-]+`).exec(mail.text)?.[0] ?? '';
  };
  return {
    verify: await linkTo(person.email, 'verify-email'),
    reset: await linkTo(person.email, 'reset-password'),
    invitation: await linkTo(invited, 'accept-invitation'),
  };
};

/** Addresses of pages, by name, in an installation where there is something to see on each. */
export const addressesOf = async (scene: Scene, locale: string): Promise<Readonly<Record<string, string>>> => {
  const { engineer, contactEmail, ...ofRepairs } = await repairs(scene, locale);
  const { text } = await mailTo(scene.cast.mailbox, contactEmail, /quote|preventivo/i);
  return {
    ...ofRepairs,
    ...(await accounts(scene, locale)),
    ...(await tickets(scene, engineer, locale)),
    quote: /\/quote\/[\w.-]+/.exec(text)?.[0] ?? '',
    front: '/',
    form: '/repair-status',
    dead: '/reset-password?token=nonsense',
    deadQuote: '/quote/nonsense',
    deadRating: '/rate/nonsense',
    deadAppointment: '/appointments/nonsense',
    missing: '/nothing-here',
  };
};
