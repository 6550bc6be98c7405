import { expect } from 'chai';
import { buildDone, euros, labour, paidWith, startTill, type InvoiceView, type Person, type Till } from './till.js';

const TIMES = [1, 2, 3];
const upTo = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `A-2026-${String(index + 1).padStart(6, '0')}`);

describe('numbers of documents', () => {
  let first: Till;
  let second: Till;
  beforeEach(async () => {
    first = await startTill();
    const { platform, tokens, clock } = first;
    second = await startTill({ connection: platform.connection, tokens, clock });
    for (const [id, buyer] of first.buyers) second.buyers.set(id, buyer);
  });
  afterEach(async () => {
    await second.stop();
    await first.stop();
  });

  const done = (index: number) => buildDone({ customerId: first.rossi.caller.customerId ?? '', number: `REP-2026-${index}` });
  const ready = async (index: number) => {
    const repair = await first.tell(done(index));
    second.known.set(repair.id, { ...repair, version: 1 });
    return repair;
  };
  const numbers = async (): Promise<readonly string[]> => (await first.all('?pageSize=100')).map(({ number }) => number).toSorted();

  it('when two instances issue at once, then each repair has one and no number is left out', async () => {
    const repairs = await Promise.all(Array.from({ length: 10 }, (_, index) => ready(index)));
    const answers = await Promise.all(
      repairs.flatMap(({ id }) => [first, second, first].map((till) => till.ask({ repairId: id }, first.agent))),
    );
    expect(answers.map(({ status }) => status).toSorted()).to.deep.equal([...Array<number>(10).fill(201), ...Array<number>(20).fill(409)]);
    expect(await numbers()).to.deep.equal(upTo(10));
  });

  for (const time of TIMES)
    it(`when the desk issues while the hand-over arrives at both instances, then there is one document (${time})`, async () => {
      const repair = await ready(time);
      const collected = paidWith(repair);
      second.known.set(repair.id, { ...collected, version: 2 });
      const [answer] = await Promise.all([first.ask({ repairId: repair.id }), first.collect(collected, 2), second.collect(collected, 2)]);
      expect([201, 409]).to.include(answer.status);
      const all = await first.all();
      expect(all.map(({ number, status }) => [number, status])).to.deep.equal([['A-2026-000001', 'PAID']]);
    });

  const signIn = (till: Till): Person => ({ ...till.agent, token: till.tokenFor(till.agent.caller) });
  const issueAt = async (moment: string, index: number): Promise<InvoiceView> => {
    first.clock.set(moment);
    const repair = await first.tell(done(index));
    return (await first.ask({ repairId: repair.id }, signIn(first))).body.data;
  };

  it('when the clock goes back, then days of issue do not', async () => {
    const days = [];
    for (const [index, moment] of [
      '2026-03-02T10:00:00Z',
      '2026-03-05T10:00:00Z',
      '2026-03-03T10:00:00Z',
      '2026-03-06T10:00:00Z',
    ].entries())
      days.push((await issueAt(moment, index)).issuedOn);
    expect(days).to.deep.equal(['2026-03-02', '2026-03-05', '2026-03-05', '2026-03-06']);
  });

  it('when the clock goes back over New Year, then the new year goes on', async () => {
    const made = [];
    for (const [index, moment] of ['2026-12-31T10:00:00Z', '2027-01-01T10:00:00Z', '2026-12-31T11:00:00Z'].entries())
      made.push(await issueAt(moment, index));
    expect(made.map(({ number, issuedOn }) => [number, issuedOn])).to.deep.equal([
      ['A-2026-000001', '2026-12-31'],
      ['A-2027-000001', '2027-01-01'],
      ['A-2027-000002', '2027-01-01'],
    ]);
  });

  it('when it is another day already in the time zone of the centre, then that is the day of issue', async () => {
    expect((await issueAt('2026-12-31T23:30:00Z', 1)).number).to.equal('A-2027-000001');
  });

  it('when documents are taken back by both instances at once, then one credit note takes the next number', async () => {
    const { id } = await first.issue({ repairId: (await ready(1)).id });
    const answers = await Promise.all([first, second, first].map((till) => till.settle(id)));
    expect(answers.map(({ status }) => status).toSorted()).to.deep.equal([201, 409, 409]);
    expect(await numbers()).to.deep.equal(upTo(2));
  });

  it('when both instances follow the same reduction, then it is credited once', async () => {
    const repair = await ready(1);
    const { id } = await first.issue({ repairId: repair.id });
    const less = { ...repair, amountDue: euros(10_000) };
    await Promise.all([first.tell(less, 2), second.tell(less, 2)]);
    expect((await first.read(id)).credited).to.deep.equal(euros(2_200));
    expect(await numbers()).to.deep.equal(upTo(2));
  });

  it('when one of another tenant is issued, then its numbers count for themselves', async () => {
    await first.issue({ repairId: (await ready(1)).id });
    const other = first.person('AGENT', { tenantId: 'other' });
    const foreign = buildDone({ customerId: first.rossi.caller.customerId ?? '' }, 1_220, [labour({ unitPrice: euros(1_000) })]);
    first.known.set(foreign.id, { ...foreign, version: 1 });
    const answer = await first.ask({ repairId: foreign.id }, other);
    expect([answer.status, answer.body.data.number]).to.deep.equal([201, 'A-2026-000001']);
  });
});
