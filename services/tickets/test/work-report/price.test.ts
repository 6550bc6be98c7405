import { AssetUpdated, ServicePlanCreated, type PublishedServicePlan } from '@riparo/shared/contracts/assets.events';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { billedMinutes } from '../../src/work-report/closing/price-work.js';
import { boxOfPath } from '../../src/work-report/approval/path-box.js';
import { buildAsset } from '../bench.js';
import { buildContent, buildReserved, startField, type Field } from './field.js';

const TERMS = { labourPerHour: 6_000, labourStepMinutes: 15, travelPerKm: 65, callOutFee: 3_000, approval: 'ONSITE_VISITS' as const };

describe('what a work report costs', () => {
  let field: Field;
  beforeEach(async () => {
    field = await startField();
    await field.bench.settings({ workTerms: TERMS });
  });
  afterEach(() => field.stop());

  const covered = async (plan: Partial<PublishedServicePlan>) => {
    const { bench, rosa, assetId, locationId } = field;
    const servicePlan: PublishedServicePlan = {
      ...{ id: randomUUID(), customerId: rosa.customer.id, name: 'Care', planType: 'STANDARD', coverageLevel: 'REMOTE_ONLY' },
      ...{ startDate: '2026-01-01', endDate: '2026-12-31', status: 'ACTIVE' as const },
      ...plan,
    };
    await bench.test.publish(ServicePlanCreated, { servicePlan }, { subject: servicePlan.id });
    const asset = buildAsset({ id: assetId, customerId: rosa.customer.id, locationId, servicePlanId: servicePlan.id });
    await bench.test.publish(AssetUpdated, { asset }, { subject: assetId, version: 2 });
    return servicePlan.id;
  };

  /** Closes a report of 50 minutes, 12.4 km and one part, and tells what each kind of line costs. */
  const charge = async (onsite = true) => {
    const ticket = await field.ticket();
    if (onsite) await field.visit(ticket);
    else field.bench.test.clock.set('2026-03-03T10:00:00Z');
    const { id } = (await field.start(ticket.id)).body.data;
    const reserved = buildReserved();
    field.bench.neighbours.reservations.set(id, [reserved]);
    const parts = [{ reservationId: reserved.id, used: 1, unused: 'RETURN' }];
    const written = await field.patch(id, buildContent({ parts, travel: { distanceKm: 12.4, minutes: 20 } }));
    expect(written.status, written.text).to.equal(200);
    const { body, text, status } = await field.act(id, 'close');
    expect(status, text).to.equal(200);
    const { lines, total, coveredByPlanId } = body.data;
    const used = body.data.parts as readonly { readonly charge: string }[];
    return {
      charges: used.map((part) => part.charge),
      lines: lines.map(({ kind, unitPrice, quantity }) => [kind, unitPrice.amount * quantity]),
      total: total?.amount,
      coveredByPlanId,
    };
  };
  const [LABOUR, TRAVEL, CALL_OUT, PART] = [
    ['LABOUR', 6_000],
    ['FEE', 806],
    ['FEE', 3_000],
    ['PART', 4_500],
  ];

  it('when no plan bears it, then begun steps of labour, kilometres, fee and parts are charged', async () => {
    const { lines, total, coveredByPlanId } = await charge();
    expect(lines).to.deep.equal([LABOUR, TRAVEL, CALL_OUT, PART]);
    expect([total, coveredByPlanId]).to.deep.equal([17_453, undefined]);
  });

  it('when nobody went there, then no journey is charged', async () => {
    expect((await charge(false)).lines).to.deep.equal([LABOUR, PART]);
  });

  for (const [level, onsite, expected, bears] of [
    ['REMOTE_ONLY', true, [LABOUR, TRAVEL, CALL_OUT, PART], false],
    ['REMOTE_ONLY', false, [PART], true],
    ['REMOTE_PLUS_ONSITE', true, [PART], true],
    ['FULL_SERVICE', true, [], true],
  ] as const)
    it(`when a plan of ${level} is active and somebody ${onsite ? 'went there' : 'worked from afar'}, then it bears its part`, async () => {
      const planId = await covered({ coverageLevel: level });
      const { lines, coveredByPlanId, charges } = await charge(onsite);
      expect(lines).to.deep.equal(expected);
      expect(charges).to.deep.equal([level === 'FULL_SERVICE' ? 'WARRANTY' : 'BILLED']);
      expect(coveredByPlanId).to.equal(bears ? planId : undefined);
    });

  it('when the plan has a rate of its own, then work that it does not bear costs that', async () => {
    await covered({ labourPerHour: { amount: 4_000, currency: 'EUR' } });
    expect((await charge()).lines[0]).to.deep.equal(['LABOUR', 4_000]);
  });

  for (const plan of [{ endDate: '2026-03-02' }, { startDate: '2026-03-04' }, { status: 'CANCELLED' as const }])
    it(`when the plan is not active on the day (${JSON.stringify(plan)}), then it bears nothing`, async () => {
      await covered({ coverageLevel: 'FULL_SERVICE', ...plan });
      expect((await charge()).lines).to.have.length(4);
    });

  it('when the plan has expired since the day of the work, then it bears its part', async () => {
    const planId = await covered({ coverageLevel: 'FULL_SERVICE', endDate: '2026-03-03', status: 'EXPIRED' });
    expect(await charge()).to.deep.equal({ charges: ['WARRANTY'], lines: [], total: undefined, coveredByPlanId: planId });
  });

  it('when parts are not accounted for, or more are used than reserved, then 422', async () => {
    const ticket = await field.ticket();
    await field.visit(ticket);
    const { id } = (await field.start(ticket.id)).body.data;
    const [reserved, late] = [buildReserved(), buildReserved({ state: 'BACKORDERED' })];
    field.bench.neighbours.reservations.set(id, [reserved, late]);
    const use = (part: object) => field.patch(id, { parts: [part] });
    expect((await use({ reservationId: randomUUID(), used: 1 })).body.errors[0]?.path).to.equal('parts.0.reservationId');
    expect((await use({ reservationId: reserved.id, used: 3 })).body.errors[0]?.path).to.equal('parts.0.used');
    expect((await use({ reservationId: late.id, used: 1 })).body.errors[0]?.path).to.equal('parts.0.used');
    await field.patch(id, buildContent());
    expect((await field.act(id, 'close')).body.errors.map(({ path }: { path: string }) => path)).to.deep.equal(['parts']);
    await use({ reservationId: reserved.id, used: 0, unused: 'RETURN' });
    expect((await field.act(id, 'close')).status).to.equal(200);
  });

  it('when assets is away, then 503, and the report stays a draft', async () => {
    const ticket = await field.ticket();
    await field.visit(ticket);
    const { id } = (await field.start(ticket.id)).body.data;
    await field.patch(id, buildContent());
    field.bench.neighbours.away.add('assets');
    expect((await field.act(id, 'close')).status).to.equal(503);
    expect((await field.read(id)).body.data.status).to.equal('DRAFT');
  });

  it('when minutes are charged in steps, then each begun one counts in full', () => {
    expect([0, 1, 15, 16, 46].map((minutes) => billedMinutes(minutes, 15))).to.deep.equal([0, 15, 15, 30, 60]);
  });

  it('when a path is measured, then its box holds every point, absolute or relative', () => {
    expect(boxOfPath('M10 20l5-5h10v30Zm-20,0c0 0 -5 5 -10 40')).to.deep.equal({ left: -5, top: 15, right: 25, bottom: 85 });
    for (const wrong of [
      '',
      'M',
      'M 1',
      'M 1 2 Z 3',
      'M 0 0 L 1 1 A 1 1 0 0 0 5 5',
      'M 0 0 L 1e9 5',
      'M1 1',
      'M,0 0 1 1',
      'M0 0,L5 5',
      'M0,,0 5 5',
      'M0 0 5 5, ',
    ])
      expect(boxOfPath(wrong), wrong).to.equal(undefined);
  });
});
