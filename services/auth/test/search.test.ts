import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { buildCustomer } from './customer.builder.js';
import { startBench, type Bench } from './bench.js';

const EXAMPLES: readonly (readonly [search: string, name: string])[] = [
  ["O'Neil", 'O’Neil'],
  ['O’Neil', "O'Neil"],
  ['oneil', 'O’Neil'],
  ['neil', 'O’Neil'],
  ["D'Angelo", 'D´Angelo'],
  ['lukasz', 'Łukasz'],
  ['pf3x9k21', 'PF\u20113X9K21'],
  ['ISTANBUL', 'İstanbul'],
  ['打印', '东方打印机'],
];

describe('search in customers and users', () => {
  let bench: Bench;
  let agent: string;
  let admin: string;
  before(async () => {
    bench = await startBench();
    [agent, admin] = [bench.tokenFor({ role: 'AGENT' }), bench.tokenFor({ role: 'ADMIN' })];
  });
  after(() => bench.stop());

  const find = async (path: '/customers' | '/users', search: string, token: string): Promise<readonly string[]> =>
    (await bench.api.get<{ id: string }[]>(`${path}?search=${encodeURIComponent(search)}`, { token })).body.data.map(({ id }) => id);

  const made = async (path: string, body: object, token: string): Promise<string> => {
    const answer = await bench.api.post<{ id: string }>(path, body, { token });
    expect(answer.status, answer.text).to.equal(201);
    return answer.body.data.id;
  };

  it('when a name is typed in another way, then the customer and the user who have it are found', async () => {
    for (const [search, name] of EXAMPLES) {
      const customer = await made('/customers', buildCustomer({ type: 'BUSINESS', name, surname: undefined }), agent);
      const user = await made('/users', { email: `${randomUUID()}@example.test`, name, role: 'TECH' }, admin);
      expect(await find('/customers', search, agent), `${search} in customers`).to.include(customer);
      expect(await find('/users', search, admin), `${search} in users`).to.include(user);
    }
  });

  it('when words were stored by an earlier version, then who has them is found again, and has not changed', async () => {
    const { user, customer } = await bench.registerCustomer({ name: 'Łukasz O’Neil' });
    const collection = (name: string) => bench.platform.connection.collection(name);
    for (const name of ['users', 'customers']) await collection(name).updateMany({}, { $set: { searchTerms: ['o’neil'] } });
    await collection('derived_fields').deleteMany({});
    expect(await find('/users', 'lukasz', admin)).to.deep.equal([]);
    await bench.service.renewWords();
    expect(await find('/users', "lukasz o'neil", admin)).to.deep.equal([user.id]);
    const { body } = await bench.api.get<{ id: string; name: string; version: number }>(`/customers/${customer?.id}`, { token: agent });
    expect(body.data.version).to.equal(customer?.version);
    expect(await find('/customers', body.data.name, agent)).to.include(customer?.id);
  });
});
