import type { ExportedCustomer, ExportedSettings, ExportedUser } from '@riparo/shared/contracts/exported-auth';
import { expect } from 'chai';
import { startBench, type Bench } from './bench.js';

describe('What auth tells services that make their copies anew', () => {
  let bench: Bench;
  before(async () => {
    bench = await startBench();
  });
  after(() => bench.stop());

  const asked = async <T>(path: string, token = bench.platform.serviceTokens.mint()): Promise<{ status: number; data: readonly T[] }> => {
    const response = await fetch(new URL(path, bench.url), { headers: { authorization: `Bearer ${token}` } });
    return { status: response.status, data: ((await response.json()) as { data: readonly T[] }).data };
  };

  it('when accounts, customers and settings are asked for, then they are as the last events told', async () => {
    const customer = await bench.registerCustomer();
    const gone = await bench.approvedStaff();
    expect((await bench.api.delete(`/users/${gone.user.id}`, { token: await bench.asAdmin() })).status).to.equal(204);
    await bench.idle();
    const last = (subject: string | undefined) =>
      bench.published.findLast((event) => event.subject === subject && 'user' in (event.data as object));
    const users: ExportedUser[] = [];
    for (;;) {
      const after = users.at(-1)?.user.id;
      const { data: page } = await asked<ExportedUser>(`/internal/users?limit=1${after === undefined ? '' : `&after=${after}`}`);
      if (page.length === 0) break;
      users.push(...page);
    }
    expect(users.map(({ user }) => user.id)).to.include.members([customer.user.id, gone.user.id]);
    for (const { user, version } of users) {
      const event = last(user.id);
      if (event === undefined) continue;
      expect(user).to.deep.equal((event.data as { user: object }).user);
      expect(version).to.be.at.least(event.aggregateversion);
    }
    expect(users.find(({ user }) => user.id === gone.user.id)?.user.removed).to.equal(true);
    const { data: customers } = await asked<ExportedCustomer>('/internal/customers');
    expect(customers.map((told) => told.customer.id)).to.deep.equal([customer.customer?.id]);
    const { data: settings } = await asked<ExportedSettings>('/internal/settings');
    expect(settings.map(({ id, settings: { timeZone } }) => [id, timeZone])).to.deep.equal([['default', 'Europe/Rome']]);
    expect((await asked('/internal/settings?after=default')).data).to.deep.equal([]);
  });

  it('when another tenant or a person asks, then there is nothing, and 401', async () => {
    for (const what of ['users', 'customers', 'settings']) {
      expect((await asked(`/internal/${what}?tenantId=elsewhere`)).data, what).to.deep.equal([]);
      expect((await asked(`/internal/${what}`, await bench.asAdmin())).status, what).to.equal(401);
      expect((await asked(`/internal/${what}?limit=1000`)).status, what).to.equal(422);
    }
  });
});
