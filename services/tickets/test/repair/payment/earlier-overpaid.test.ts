import { eventually } from '@riparo/shared/testing/eventually';
import { expect } from 'chai';
import { startBench, type Bench } from '../../bench.js';
import { startDesk, type Desk } from '../life.js';

describe('repairs of earlier versions with money to give back', () => {
  let bench: Bench;
  let desk: Desk;
  before(async () => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z', env: { TICKET_CLOCK_CRON: '* * * * * *' } });
    desk = await startDesk(bench);
  });
  after(() => bench.stop());

  it('when a repair was over before there was the list, then the list has it all the same', async () => {
    const id = await desk.repairIn('IN_PROGRESS');
    await desk.act(id, 'payment', desk.agent, { method: 'CARD', amount: 1_000 });
    await desk.act(id, 'cancel', desk.agent, {});
    const store = (name: string) => bench.test.platform.connection.collection<{ _id: string } & Record<string, unknown>>(name);
    await store('repairs').updateOne({ _id: id }, { $unset: { overpaid: true } });
    // As an earlier version has left it, with the words of this one.
    await store('derived_fields').replaceOne({ _id: 'repairs' }, { scheme: 2, roundsLeft: 0, dueAt: new Date(0) }, { upsert: true });
    const listed = async () => (await bench.api.get<readonly { readonly id: string }[]>('/repairs?overpaid=true', desk.agent)).body.data;
    await eventually(async () => (await listed()).some((repair) => repair.id === id), { withinMs: 15_000 });
    expect(await listed()).to.have.length(1);
  });
});
