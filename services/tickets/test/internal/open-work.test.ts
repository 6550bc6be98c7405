import { expect } from 'chai';
import { startBench, type Bench } from '../bench.js';
import { opened } from '../repair/repair.builder.js';

describe('GET /internal/open-work/:customerId', () => {
  let bench: Bench;
  before(async () => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z' });
  });
  after(() => bench.stop());

  const ask = (customerId: string, token = bench.test.platform.serviceTokens.mint(), tenantId = 'default') =>
    fetch(`${bench.baseUrl}/internal/open-work/${customerId}?tenantId=${tenantId}`, { headers: { authorization: `Bearer ${token}` } });
  const counts = async (customerId: string, tenantId?: string): Promise<Record<string, number>> =>
    ((await (await ask(customerId, undefined, tenantId)).json()) as { data: Record<string, number> }).data;

  it('when tickets are open, then those of this customer in this tenant count, and nothing else', async () => {
    const [rosa, other] = [await bench.customer(), await bench.customer()];
    const [first] = [await bench.open(rosa), await bench.open(rosa), await bench.open(other)];
    const agent = bench.person('AGENT');
    expect(await counts(rosa.customer.id)).to.include({ tickets: 2 });
    await bench.api.patch(`/tickets/${first.id}/status`, { status: 'RESOLVED', resolution: 'Done' }, agent);
    expect(await counts(rosa.customer.id)).to.include({ tickets: 1 });
    expect(await counts(rosa.customer.id, 'elsewhere')).to.include({ tickets: 0 });
  });

  it('when repairs are under way, then they count until they are over', async () => {
    const [rosa, agent] = [await bench.customer(), bench.person('AGENT')];
    const [first] = [await opened(bench, rosa), await opened(bench, rosa), await opened(bench, await bench.customer())];
    expect(await counts(rosa.customer.id)).to.deep.equal({ tickets: 0, repairs: 2 });
    expect((await bench.api.post(`/repairs/${first.id}/cancel`, {}, agent)).status).to.equal(200);
    expect(await counts(rosa.customer.id)).to.deep.equal({ tickets: 0, repairs: 1 });
    expect(await counts(rosa.customer.id, 'elsewhere')).to.include({ repairs: 0 });
  });

  it('when a user asks, then 401', async () => {
    const rosa = await bench.customer();
    for (const token of [rosa.token, bench.person('SUPER_ADMIN').token]) expect((await ask(rosa.customer.id, token)).status).to.equal(401);
  });
});
