import type { PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { LABOUR, startBench, type Bench, type Person, type QuoteView } from './bench.js';

describe('what a quote may hold', () => {
  let bench: Bench;
  let agent: Person;
  let repair: PublishedRepair;
  beforeEach(async () => {
    bench = await startBench();
    agent = bench.person('AGENT');
    repair = await bench.repair();
  });
  afterEach(() => bench.stop());

  const ask = (body: object) =>
    bench.api.post<QuoteView>('/quotes', { repairId: repair.id, lines: [LABOUR], ...body }, { token: agent.token });
  const faults = async (body: object): Promise<readonly string[]> => {
    const { status, body: problem } = await ask(body);
    expect(status).to.equal(422);
    return problem.errors.map(({ path }) => path);
  };

  for (const [what, line] of [
    ['a negative quantity', { quantity: -1 }],
    ['a fractional quantity', { quantity: 1.5 }],
    ['no piece', { quantity: 0 }],
    ['a quantity as text', { quantity: '1' }],
    ['a negative price', { unitPrice: -1 }],
    ['a fractional price', { unitPrice: 10.5 }],
    ['a rate above 100 %', { vatRate: 101 }],
    ['a negative rate', { vatRate: -1 }],
  ] as const)
    it(`when a line has ${what}, then it is refused`, async () => {
      const [path] = await faults({ lines: [{ ...LABOUR, ...line }] });
      expect(path).to.match(new RegExp(`^lines\\.0\\.${Object.keys(line)[0]}`));
    });

  it('when several things are wrong, then all are told at once', async () => {
    const retired = await bench.part({ active: false });
    const part = { kind: 'PART', description: 'P', unitPrice: 100, vatRate: 22 };
    const wrong = {
      lines: [
        { ...LABOUR, unitPrice: { amount: 5000, currency: 'USD' } },
        { ...part, partId: randomUUID() },
        { ...part, partId: retired.id },
      ],
      calculationMethod: 'By the hour',
      replacementDevice: { offered: false, cost: 100 },
      validUntil: '2026-03-01',
    };
    expect(await faults(wrong)).to.have.members([
      'lines.0.unitPrice.currency',
      'lines.1.partId',
      'lines.2.partId',
      'calculationMethod',
      'replacementDevice.cost',
      'validUntil',
    ]);
  });

  it('when discounts take off more than is charged at their rate, then it is refused', async () => {
    const discount = { kind: 'DISCOUNT', description: 'D', unitPrice: 5001, vatRate: 22 };
    expect(await faults({ lines: [LABOUR, discount] })).to.deep.equal(['lines']);
    expect((await ask({ lines: [LABOUR, { ...discount, unitPrice: 5000 }] })).body.data.total.amount).to.equal(0);
  });

  it('when the maximum is below the total, then it is refused, and at the total it is not', async () => {
    expect(await faults({ maximum: 6099 })).to.deep.equal(['maximum']);
    expect((await ask({ maximum: 6100 })).status).to.equal(201);
  });

  it('when the centre changes its currency, then a repair is quoted in the currency in which it is paid', async () => {
    await bench.settings({ currency: 'CHF' });
    expect((await ask({})).body.data.total).to.deep.equal({ amount: 6100, currency: 'EUR' });
    const nothing = { amount: 0, currency: 'CHF' };
    repair = await bench.repair({ amountDue: nothing, amountPaid: nothing, refusalFee: { amount: 1500, currency: 'CHF' } });
    expect((await ask({})).body.data.total).to.deep.equal({ amount: 6100, currency: 'CHF' });
  });

  it('when neither or both of repair and ticket are named, then it is refused', async () => {
    expect((await faults({ repairId: undefined })).length).to.equal(1);
    expect((await faults({ ticketId: randomUUID() })).length).to.equal(1);
  });

  it('when other kinds of lines are marked as ancillary, then it is refused', async () => {
    expect(await faults({ lines: [{ ...LABOUR, ancillary: true }] })).to.deep.equal(['lines.0.ancillary']);
  });

  it('when fields are changed, then what is left out stays and null clears', async () => {
    const { id } = (await ask({ note: 'A note', maximum: 7000, timeNeeded: '3 days' })).body.data;
    const edit = (body: object) => bench.api.put<QuoteView>(`/quotes/${id}`, body, { token: agent.token });
    const { data } = (await edit({ maximum: null, timeNeeded: '4 days' })).body;
    expect(data).to.deep.include({ note: 'A note', timeNeeded: '4 days' }).and.not.to.have.property('maximum');
    const { status, body } = await edit({ maximum: 10 });
    expect([status, body.errors[0]?.path]).to.deep.equal([422, 'maximum']);
    expect((await edit({ currency: 'USD' })).status).to.equal(422);
  });

  it('when a draft was changed meanwhile, then a change of the older one is refused', async () => {
    const { id } = (await ask({})).body.data;
    const edit = () => bench.api.put(`/quotes/${id}`, { note: 'x' }, { token: agent.token, headers: { 'if-match': '"1"' } });
    expect([(await edit()).status, (await edit()).status]).to.deep.equal([200, 412]);
  });

  it('when a part of the draft is no longer offered, then the draft cannot be sent', async () => {
    const part = await bench.part();
    const lines = [LABOUR, { kind: 'PART', description: 'Display', unitPrice: 9000, vatRate: 22, partId: part.id }];
    const { id } = (await ask({ lines })).body.data;
    await bench.part({ ...part, active: false }, 2);
    const { status, body } = await bench.act(id, 'send', agent.token);
    expect([status, body.errors.map(({ path }) => path)]).to.deep.equal([422, ['lines.1.partId']]);
    await bench.part(part, 3);
    expect((await bench.act(id, 'send', agent.token)).status).to.equal(200);
    await bench.part({ ...part, active: false }, 4);
    expect((await bench.act(id, 'send', agent.token)).status).to.equal(200);
  });

  it('when the day of a draft has passed before it is sent, then it has to be changed', async () => {
    const { id } = (await ask({ validUntil: '2026-03-03' })).body.data;
    bench.clock.set('2026-03-04T09:00:00Z');
    agent = { ...agent, token: bench.tokenFor(agent.caller) };
    const { status, body } = await bench.act(id, 'send', agent.token);
    expect([status, body.code, body.earliest]).to.deep.equal([409, 'QUOTE_ENDS_TOO_SOON', '2026-03-04']);
    await bench.api.put(`/quotes/${id}`, { validUntil: null }, { token: agent.token });
    expect((await bench.act(id, 'send', agent.token)).body.data.validUntil).to.equal('2026-04-03');
  });
});
