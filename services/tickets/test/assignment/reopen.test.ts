import { eventually } from '@riparo/shared/testing/eventually';
import { expect } from 'chai';
import { startBench, type Bench, type Person } from '../bench.js';

const MONDAY_TEN = '2026-03-02T09:00:00Z'; // 10:00 in Rome

describe('a ticket that is reopened', () => {
  let bench: Bench;
  let rosa: Person;
  let agent: Person;
  let elena: Person;
  beforeEach(async () => {
    bench = await startBench({ now: MONDAY_TEN });
    await bench.settings();
    [rosa, agent, elena] = [await bench.customer(), bench.person('AGENT'), await bench.technician()];
  });
  afterEach(() => bench.stop());

  const resolved = async (priority: string): Promise<string> => {
    const { id } = await bench.open(rosa, { priority });
    const { status } = await bench.api.patch(`/tickets/${id}/status`, { status: 'RESOLVED', resolution: 'New drive' }, elena);
    expect(status).to.equal(200);
    return id;
  };
  const away = async (from: string, to: string): Promise<void> => {
    const { status, text } = await bench.api.post(`/schedules/${elena.caller.userId}/time-off`, { from, to }, agent);
    expect(status, text).to.equal(201);
  };
  const WAYS = {
    desk: (id: string) => bench.api.patch(`/tickets/${id}/status`, { status: 'IN_PROGRESS' }, agent),
    reply: (id: string) => bench.api.post(`/tickets/${id}/reply`, { body: 'It came back' }, rosa),
  };
  const holderOf = async (id: string) => (await bench.read(agent, id)).assignedToUserId;

  for (const [way, reopen] of Object.entries(WAYS))
    it(`when it is due while its assignee is away (by ${way}), then it waits in the queue and the next best gets it`, async () => {
      const id = await resolved('CRITICAL');
      await away('2026-03-02', '2026-03-06');
      const { version } = await bench.read(agent, id);
      await reopen(id);
      expect(await bench.read(agent, id))
        .to.include({ status: 'IN_PROGRESS', held: false, version: version + 1 })
        .and.not.to.have.property('assignedToUserId');
      const events = (await bench.events()).filter(({ type }) => type === 'ticket-unassigned');
      expect(events.map(({ data }) => data.previousUserId)).to.deep.equal([elena.caller.userId]);
      const marco = await bench.technician();
      await eventually(async () => (await holderOf(id)) === marco.user.id);
    });

  it('when a merge is undone and its assignee is away, then it goes to the queue', async () => {
    const [{ id }, target] = [await bench.open(rosa, { priority: 'CRITICAL' }), await bench.open(rosa, {})];
    await bench.api.post(`/tickets/${id}/merge`, { intoTicketId: target.id }, agent);
    await away('2026-03-02', '2026-03-06');
    const { status, text } = await bench.api.post(`/tickets/${id}/unmerge`, {}, agent);
    expect(status, text).to.equal(200);
    expect(await bench.read(agent, id))
      .to.include({ status: 'OPEN' })
      .and.not.to.have.property('assignedToUserId');
  });

  it('when somebody else is free, then they have it at once', async () => {
    const id = await resolved('CRITICAL');
    await away('2026-03-02', '2026-03-06');
    const marco = await bench.technician();
    await WAYS.desk(id);
    await eventually(async () => (await holderOf(id)) === marco.user.id);
  });

  it('when two absences follow each other and it is due in the second, then it leaves the assignee too', async () => {
    const id = await resolved('HIGH'); // due on Wednesday at 16:00, to be answered on Monday at 14:00
    await bench.api.post(`/tickets/${id}/reply`, { body: 'Is it well?' }, agent);
    await away('2026-03-02', '2026-03-02');
    await away('2026-03-03', '2026-03-05');
    await WAYS.desk(id);
    expect(await holderOf(id)).to.equal(undefined);
  });

  for (const [what, priority, from, to] of [
    ['the assignee is back before it is due', 'LOW', '2026-03-02', '2026-03-03'],
    ['the assignee is not away yet', 'CRITICAL', '2026-03-03', '2026-03-06'],
  ] as const)
    it(`when ${what}, then it stays with the assignee`, async () => {
      const id = await resolved(priority);
      await away(from, to);
      await bench.technician();
      await WAYS.reply(id);
      expect(await holderOf(id)).to.equal(elena.caller.userId);
    });

  it('when the assignee reopens it in spite of being away, then they keep it', async () => {
    const id = await resolved('CRITICAL');
    await away('2026-03-02', '2026-03-06');
    const { status } = await bench.api.patch(`/tickets/${id}/status`, { status: 'IN_PROGRESS' }, elena);
    expect([status, await holderOf(id)]).to.deep.equal([200, elena.caller.userId]);
  });
});
