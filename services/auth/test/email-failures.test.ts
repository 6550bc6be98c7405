import { AddressCleared, AddressFailed } from '@riparo/shared/contracts/notifications.events';
import { expect } from 'chai';
import { startBench, type Bench, type SignedIn } from './bench.js';
import { buildCustomer } from './customer.builder.js';

interface Seen {
  readonly id: string;
  readonly emailFailure?: { readonly since: string; readonly reason: string };
}

const SINCE = '2026-03-02T09:00:00.000Z';
const REASON = '5.1.1 no such mailbox';

describe('addresses that mails fail to', () => {
  let bench: Bench;
  let token: string;
  let rosa: SignedIn;
  beforeEach(async () => {
    bench = await startBench();
    token = await bench.asAdmin();
    rosa = await bench.registerCustomer();
  });
  afterEach(() => bench.stop());

  const failed = (address: string, version = 1, tenantId = 'default') =>
    bench.publish(
      AddressFailed,
      { address, source: 'BOUNCE' as const, reason: REASON, at: SINCE },
      { subject: `of ${address}`, version, tenantId },
    );
  const cleared = (address: string, version = 2) =>
    bench.publish(AddressCleared, { because: 'CONFIRMED' as const, at: SINCE }, { subject: `of ${address}`, version });
  const one = async (path: string) => (await bench.api.get<Seen>(path, { token })).body.data.emailFailure;
  const listed = async (path: string, id: string) => {
    const { data } = (await bench.api.get<readonly Seen[]>(path, { token })).body;
    return data.find((each) => each.id === id)?.emailFailure;
  };
  const me = async () => (await bench.api.get<{ user: Seen; customer: Seen }>('/auth/me', { token: rosa.token })).body.data;

  it('when one fails, then staff see it at the user and the customer who have it, and the user in /auth/me', async () => {
    const { id, email } = rosa.user;
    const customerId = rosa.customer!.id;
    const places = async () => [
      await one(`/users/${id}`),
      await listed('/users?pageSize=100', id),
      await one(`/customers/${customerId}`),
      await listed('/customers', customerId),
      (await me()).user.emailFailure,
      (await me()).customer.emailFailure,
    ];
    expect(new Set(await places())).to.deep.equal(new Set([undefined]));
    await failed(email);
    expect(await places()).to.deep.equal(Array.from({ length: 6 }, () => ({ since: SINCE, reason: REASON })));
    await cleared(email);
    expect(new Set(await places())).to.deep.equal(new Set([undefined]));
  });

  it('when events come twice, late or of another tenant, then the newest of the tenant counts', async () => {
    const { id, email } = rosa.user;
    await cleared(email, 2);
    await failed(email, 1);
    expect(await one(`/users/${id}`)).to.equal(undefined);
    await failed(email, 3);
    await cleared(email, 2);
    await failed(email, 3);
    expect(await one(`/users/${id}`)).to.deep.equal({ since: SINCE, reason: REASON });
    const other = await bench.registerCustomer();
    await failed(other.user.email, 1, 'elsewhere');
    expect(await one(`/users/${other.user.id}`)).to.equal(undefined);
  });

  it('when a customer gets another contact address, then it is that address that counts', async () => {
    const data = buildCustomer({ contactEmail: 'Gone@Customer.test' });
    const { id } = (await bench.api.post<Seen>('/customers', data, { token })).body.data;
    await failed('gone@customer.test');
    await failed('worse@customer.test');
    expect(await one(`/customers/${id}`)).to.deep.equal({ since: SINCE, reason: REASON });
    const write = (contactEmail: string) => bench.api.put(`/customers/${id}`, { ...data, contactEmail }, { token });
    expect((await write('new@customer.test')).status).to.equal(200);
    expect(await one(`/customers/${id}`)).to.equal(undefined);
    await write('worse@customer.test');
    expect(await one(`/customers/${id}`)).to.deep.equal({ since: SINCE, reason: REASON });
  });
});
