import { expect } from 'chai';
import { startBench, type Bench } from '../bench.js';
import { startDesk, type Desk } from './life.js';
import { buildRepair } from './repair.builder.js';

const UNDER_WARRANTY = { device: { ...buildRepair().device, warrantyEndDate: '2027-01-01' } };

describe('how a repair ends', () => {
  let bench: Bench;
  let desk: Desk;
  before(async () => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z' });
    desk = await startDesk(bench);
  });
  after(() => bench.stop());

  const begun = (sheet: object = {}) => desk.repairIn('IN_PROGRESS', { sheet });
  const faultsOf = ({ errors }: { readonly errors: readonly { readonly path: string }[] }) => errors.map(({ path }) => path);

  describe('POST /repairs/:id/complete', () => {
    it('when the work is done, then outcome, amount, timeline and events tell it', async () => {
      const id = await begun();
      const report = { description: 'New mainboard', amount: { amount: 4_990, currency: 'EUR' }, productionCost: 1_200, labourMinutes: 45 };
      const { status, body } = await desk.act(id, 'complete', desk.elena, report);
      expect(status).to.equal(200);
      expect(body.data).to.deep.include({
        status: 'COMPLETED',
        amountDue: { amount: 4_990, currency: 'EUR' },
        amountLeft: { amount: 4_990, currency: 'EUR' },
        amountPaid: { amount: 0, currency: 'EUR' },
      });
      expect(body.data.outcome).to.deep.equal({
        type: 'COMPLETED',
        ...report,
        productionCost: { amount: 1_200, currency: 'EUR' },
        decidedAt: '2026-03-02T10:00:00.000Z',
        decidedByUserId: desk.elena.caller.userId,
      });
      expect(body.data).not.to.have.property('paidAt');
      expect((await desk.read(id)).activities.at(-1)).to.deep.include({
        type: 'RESOLUTION',
        body: 'New mainboard',
        authorUserId: desk.elena.caller.userId,
        metadata: {
          from: 'IN_PROGRESS',
          to: 'COMPLETED',
          amount: { amount: 4_990, currency: 'EUR' },
          productionCost: { amount: 1_200, currency: 'EUR' },
          labourMinutes: 45,
        },
      });
      const told = (await bench.events()).slice(-2);
      expect(told.map(({ type }) => type)).to.deep.equal(['repair-status-changed', 'repair-completed']);
      expect(told[0]?.data).to.include({ from: 'IN_PROGRESS', to: 'COMPLETED', actorUserId: desk.elena.caller.userId });
      expect(told[1]?.data.repair).to.deep.include({ id, status: 'COMPLETED', amountDue: { amount: 4_990, currency: 'EUR' } });
    });

    it('when it costs nothing, then nothing is left to pay at once', async () => {
      const id = await begun();
      const { body } = await desk.act(id, 'complete', desk.elena, { description: 'Only a loose cable', amount: 0 });
      expect(body.data).to.deep.include({ paidAt: '2026-03-02T10:00:00.000Z', amountLeft: { amount: 0, currency: 'EUR' } });
    });

    it('when it was completed before, then 409 names the status', async () => {
      const id = await desk.repairIn('COMPLETED');
      const { status, body } = await desk.act(id, 'complete', desk.elena, { description: 'Again', amount: 1 });
      expect([status, body.code, body.current]).to.deep.equal([409, 'REPAIR_TRANSITION_NOT_ALLOWED', 'COMPLETED']);
    });

    it('when fields are wrong, then 422 names every one of them', async () => {
      const id = await begun();
      const wrong = { amount: '12', productionCost: { amount: -1, currency: 'euro' }, labourMinutes: 1.5, price: 3 };
      const { status, body } = await desk.act(id, 'complete', desk.elena, wrong);
      expect(status).to.equal(422);
      expect(faultsOf(body)).to.have.members([
        'description',
        'amount',
        'productionCost.amount',
        'productionCost.currency',
        'labourMinutes',
        'price',
      ]);
      for (const amount of [-1, 0.5, 2_000_000_000, null, true, {}, [], { $gt: 0 }])
        expect((await desk.act(id, 'complete', desk.elena, { description: 'x', amount })).status, JSON.stringify(amount)).to.equal(422);
      expect((await desk.read(id)).status).to.equal('IN_PROGRESS');
    });

    const EUROS = (amount: number) => ({ amount, currency: 'EUR' });
    const LIRA = { amount: 5, currency: 'TRY' };
    const rules: readonly (readonly [what: string, covered: boolean, body: object, faults: readonly string[]])[] = [
      ['no amount without warranty', false, {}, ['amount']],
      ['a reason against a warranty that there is not', false, { amount: 1, notCoveredReason: 'Wet' }, ['notCoveredReason']],
      ['that reason and no amount', false, { notCoveredReason: 'Wet' }, ['amount', 'notCoveredReason']],
      ["another currency than the repair's", false, { amount: LIRA, productionCost: LIRA }, ['amount.currency', 'productionCost.currency']],
      ['an amount under warranty', true, { amount: 1 }, ['amount']],
      ['an amount under warranty, in another currency', true, { amount: LIRA }, ['amount', 'amount.currency']],
      ['not covered, and no amount', true, { notCoveredReason: 'Wet' }, ['amount']],
      ['an amount of nothing without warranty', false, { amount: 0 }, []],
      ['no amount under warranty', true, {}, []],
      ['an amount of nothing under warranty', true, { amount: EUROS(0) }, []],
      ['not covered, with an amount', true, { notCoveredReason: 'Wet', amount: EUROS(7) }, []],
    ];
    for (const [what, covered, body, faults] of rules) {
      it(`when it says ${what}, then ${faults.length === 0 ? 'it is completed' : `422 for ${faults.join(' and ')}`}`, async () => {
        const id = await begun(covered ? UNDER_WARRANTY : {});
        const answer = await desk.act(id, 'complete', desk.elena, { description: 'Done', ...body });
        expect(answer.status, answer.text).to.equal(faults.length === 0 ? 200 : 422);
        if (faults.length > 0) expect(faultsOf(answer.body)).to.have.members(faults);
        expect((await desk.read(id)).status).to.equal(faults.length === 0 ? 'COMPLETED' : 'IN_PROGRESS');
      });
    }
  });

  describe('POST /repairs/:id/refuse', () => {
    it('when refused without a charge, then nothing is to be paid, and the reason is the outcome', async () => {
      const id = await begun();
      const { status, body } = await desk.act(id, 'refuse', desk.elena, { reason: 'Not worth it' });
      expect(status).to.equal(200);
      expect(body.data).to.include({ status: 'REFUSED', paidAt: '2026-03-02T10:00:00.000Z' });
      expect(body.data.outcome).to.include({ type: 'REFUSED', description: 'Not worth it' });
      expect((await bench.events()).slice(-2).map(({ type }) => type)).to.deep.equal(['repair-status-changed', 'repair-refused']);
    });

    it('when something is charged for the diagnosis, under warranty too, then it is to be paid', async () => {
      const id = await begun(UNDER_WARRANTY);
      const { body } = await desk.act(id, 'refuse', desk.elena, { reason: 'Opened by the owner', amount: 1_500 });
      expect(body.data.amountLeft).to.deep.equal({ amount: 1_500, currency: 'EUR' });
    });

    it('when the reason is missing or the currency another, then 422', async () => {
      const id = await begun();
      expect(faultsOf((await desk.act(id, 'refuse', desk.elena, { amount: -1 })).body)).to.have.members(['reason', 'amount']);
      const { body } = await desk.act(id, 'refuse', desk.elena, { reason: 'Wet', amount: { amount: 1, currency: 'USD' } });
      expect(faultsOf(body)).to.deep.equal(['amount.currency']);
    });
  });

  /** Last, because the others count in euros. */
  describe('the currency', () => {
    it('when the centre changes its currency, then what was written before is charged in the old one', async () => {
      const old = await begun();
      await bench.settings({ currency: 'CHF' });
      const fresh = await begun();
      const charged = async (id: string, amount: unknown) => desk.act(id, 'complete', desk.elena, { description: 'Done', amount });
      expect((await charged(old, { amount: 700, currency: 'CHF' })).body.errors[0]?.path).to.equal('amount.currency');
      expect((await charged(old, 700)).body.data.amountLeft).to.deep.equal({ amount: 700, currency: 'EUR' });
      expect((await charged(fresh, 700)).body.data.amountLeft).to.deep.equal({ amount: 700, currency: 'CHF' });
    });
  });
});
