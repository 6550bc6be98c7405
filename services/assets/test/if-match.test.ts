import { expect } from 'chai';
import { buildServicePlan, startBench, type Bench, type Somebody } from './bench.js';

describe('Actions under If-Match', () => {
  let bench: Bench;
  let agent: string;
  let rossi: Somebody;
  beforeEach(async () => {
    bench = await startBench();
    agent = bench.staff().token;
    rossi = await bench.customer();
  });
  afterEach(() => bench.stop());

  const act = async (path: string, body: object | undefined, etag: string) => {
    const { status } = await bench.api.post(path, body, { token: agent, headers: { 'if-match': etag } });
    return status;
  };

  it('when a device has changed since, then a transfer is 412', async () => {
    const bianchi = await bench.customer();
    const path = `/assets/${await bench.asset(rossi)}/transfer`;
    const body = { customerId: bianchi.customerId, locationId: await bench.location(bianchi) };
    expect(await act(path, body, '"2"')).to.equal(412);
    expect(await act(path, body, '"1"')).to.equal(200);
  });

  it('when a service plan has changed since, then cancelling it is 412', async () => {
    const plan = await bench.api.post<{ id: string }>('/service-plans', buildServicePlan(rossi.customerId), { token: agent });
    const path = `/service-plans/${plan.body.data.id}/cancel`;
    expect(await act(path, undefined, '"2"')).to.equal(412);
    expect(await act(path, undefined, '"1"')).to.equal(200);
  });
});
