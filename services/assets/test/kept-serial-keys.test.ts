import { expect } from 'chai';
import { buildServicePlan, startBench, type Bench, type Somebody } from './bench.js';

describe('Two devices of one customer whose serial numbers differed only as they were pasted', () => {
  let bench: Bench;
  let rossi: Somebody;
  let agent: string;
  let old: string;
  let plan: string;
  beforeEach(async () => {
    bench = await startBench();
    rossi = await bench.customer();
    agent = bench.staff().token;
    old = await bench.asset(rossi, { serialNumber: 'AB-1' });
    await bench.asset(rossi, { serialNumber: 'QQ-3' });
    // After that, or the job that renews keys might be faster.
    const PASTED = 'QQ\u20113';
    const asset = bench.world.platform.connection.collection('assets');
    await asset.updateOne({ _id: old as never }, { $set: { serialNumber: PASTED, serialKey: PASTED } });
    plan = (await bench.api.post('/service-plans', buildServicePlan(rossi.customerId), { token: agent })).body.data.id;
  });
  afterEach(() => bench.stop());

  const attach = () => bench.api.post(`/service-plans/${plan}/assets`, { assetIds: [old] }, { token: agent });
  const edit = (part: object) => bench.api.put(`/assets/${old}`, part, { token: agent });

  it('when one is put into a plan, renamed and taken out again, then its serial number is in nobody’s way', async () => {
    const answers = [
      await attach(),
      await edit({ friendlyName: 'Till' }),
      await bench.api.delete(`/service-plans/${plan}/assets/${old}`, { token: agent }),
    ];
    expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 204]);
  });

  it('when one is given the serial number of the other, then 409 SERIAL_NUMBER_TAKEN', async () => {
    const { status, body } = await edit({ serialNumber: 'qq3' });
    expect([status, body.code]).to.deep.equal([409, 'SERIAL_NUMBER_TAKEN']);
  });

  it('when one is retired, then only the number that is free brings it back', async () => {
    await bench.api.delete(`/assets/${old}`, { token: agent });
    expect((await edit({ status: 'ACTIVE' })).body.code).to.equal('SERIAL_NUMBER_TAKEN');
    expect((await edit({ status: 'ACTIVE', serialNumber: 'QQ-4' })).status).to.equal(200);
  });
});
