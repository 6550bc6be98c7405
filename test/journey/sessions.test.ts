import { expect } from 'chai';
import { eventually } from '@riparo/shared/testing/eventually';
import { eachMode } from '../systems/modes.js';
import * as journey from './journey.js';
import { mailTo } from './mailbox.js';
import { createPerson, PASSWORD, type Person } from './person.js';

/** One path of each service that everybody signed in may read, or is at least recognised at. */
const DOORS = {
  auth: '/auth/me',
  tickets: '/tickets?pageSize=1',
  assets: '/assets?pageSize=1',
  notifications: '/me/notifications?pageSize=1',
  reports: '/reports/dashboard',
} as const;
/** Promised is "within a second or so"; how long it takes is for the benchmarks. */
const SOON = { everyMs: 50 };

/** Which services still take the person for somebody. */
const opens = async (person: Person): Promise<readonly string[]> => {
  const answers = Object.entries(DOORS).map(async ([name, path]) => ((await person.send('GET', path)).status === 401 ? [] : [name]));
  return (await Promise.all(answers)).flat();
};

const isIn = async (person: Person): Promise<void> => {
  expect(await opens(person)).to.deep.equal(Object.keys(DOORS));
};
const isOut = (person: Person): Promise<boolean> =>
  eventually(async () => {
    expect(await opens(person)).to.deep.equal([]);
    return true;
  }, SOON);

interface Account {
  readonly id: string;
  readonly email: string;
}

const accountOf = async (admin: Person, email: string): Promise<Account> => {
  const [found] = await admin.get<readonly Account[]>(`/users?search=${encodeURIComponent(email)}`);
  if (found === undefined) throw new Error(`no user ${email}`);
  return found;
};

const again = async (url: string, email: string, password = PASSWORD): Promise<Person> => {
  const person = createPerson(url, email, password);
  await person.logIn();
  return person;
};

eachMode('sessions that end', (begin) => {
  it('when somebody loses their sessions, then every service knows it, also after a restart', async () => {
    const { system, cast } = await begin();
    const { url, admin, mailbox } = cast;
    const names = ['disabled', 'promoted', 'changed', 'reset', 'bystander'] as const;
    const join = (name: string) => journey.joinAsEngineer(cast, `${name}@example.com`, `The ${name} one`);
    const people = new Map(await Promise.all(names.map(async (name) => [name, await join(name)] as const)));
    const person = (name: (typeof names)[number]): Person => people.get(name)!;
    for (const name of names) await isIn(person(name));

    await admin.patch(`/users/${(await accountOf(admin, 'disabled@example.com')).id}`, { status: 'DISABLED' });
    await isOut(person('disabled'));
    await admin.patch(`/users/${(await accountOf(admin, 'promoted@example.com')).id}`, { role: 'AGENT' });
    await isOut(person('promoted'));
    await person('changed').post('/auth/me/password', { currentPassword: PASSWORD, newPassword: 'another passphrase' });
    await isOut(person('changed'));
    await person('reset').post('/auth/forgot-password', { email: 'reset@example.com' });
    const mail = await mailTo(mailbox, 'reset@example.com', /new password/i);
    const token = /token=([\w-]+)/.exec(mail.text)![1]!;
    await person('reset').post('/auth/reset-password', { token, newPassword: 'yet another passphrase' });
    await isOut(person('reset'));

    const fresh = [await again(url, 'promoted@example.com'), await again(url, 'changed@example.com', 'another passphrase')];
    const stillIn = [person('bystander'), ...fresh, await again(url, 'reset@example.com', 'yet another passphrase')];
    for (const each of stillIn) await isIn(each);

    await system.kill();
    await system.start();
    // The first look decides: nobody gets in for the moment after a start.
    for (const name of ['disabled', 'promoted', 'changed', 'reset'] as const) expect(await opens(person(name)), name).to.deep.equal([]);
    for (const each of stillIn) await isIn(each);
  });
});
