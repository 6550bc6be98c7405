import { expect } from 'chai';
import { startBench, type Bench } from '../bench.js';
import { startDesk } from './life.js';

describe('PATCH /repairs/:id/status with another expected time', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench({ now: '2026-03-02T08:00:00Z' });
  });
  afterEach(() => bench.stop());

  it('when the status says it too, then the event names the status before, so that it is told of once', async () => {
    const desk = await startDesk(bench);
    const id = await desk.repairIn('IN_PROGRESS');
    const [first, second] = ['2026-03-05T16:00:00.000Z', '2026-03-09T16:00:00.000Z'];
    expect((await desk.patch(id, 'DELAYED', desk.elena, { estimatedCompletionAt: first })).status).to.equal(200);
    expect((await desk.patch(id, 'IN_PROGRESS', desk.elena, { estimatedCompletionAt: second })).status).to.equal(200);
    const told = (await bench.events()).filter(({ type }) => type === 'repair-estimate-changed');
    expect(told.map(({ data }) => [data.previousEstimatedCompletionAt, data.statusFrom])).to.deep.equal([
      [undefined, 'IN_PROGRESS'],
      [first, 'DELAYED'],
    ]);
  });
});
