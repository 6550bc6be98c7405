import { unavailable } from '@riparo/shared/errors/common-errors';
import { DomainError } from '@riparo/shared/errors/domain-error';
import { expect } from 'chai';
import { startBench, type Bench, type Person } from '../bench.js';
import { buildRepair, opened, type RepairView } from './repair.builder.js';

const ADDRESS = { line1: 'Via Roma 1', city: 'Torino', state: 'TO', postalCode: '10121', country: 'IT' };
const CUSTOMER = {
  name: 'Nicolò',
  surname: 'Però',
  contactEmail: 'nicolo@example.test',
  contactPhone: '+39 011 555 0100',
  billingAddress: ADDRESS,
  fiscalCode: 'RCCMNL83S18D969H',
};

/** The whole form of the counter. */
const buildIntake = (overrides: Readonly<Record<string, unknown>> = {}) =>
  buildRepair({
    customer: CUSTOMER,
    device: {
      category: 'LAPTOP',
      brand: 'Lenovo',
      model: 'ThinkPad T14',
      serialNumber: 'PF-3X9K21',
      purchaseDate: '2024-05-01',
      warrantyEndDate: '2026-05-01',
      accessories: ['Charger', 'Bag'],
      condition: 'Scratched lid',
    },
    notes: 'Keep the data',
    source: 'PHONE',
    estimatedCompletionAt: '2026-03-06T16:00:00.000Z',
    ...overrides,
  });

describe('POST /repairs at the desk', () => {
  let bench: Bench;
  let agent: Person;
  beforeEach(async () => {
    bench = await startBench({ now: '2026-03-02T08:00:00Z' });
    agent = bench.person('AGENT');
  });
  afterEach(() => bench.stop());

  const post = (body: object, by: Person = agent, key?: string) =>
    bench.api.post<RepairView>('/repairs', body, { ...by, headers: key === undefined ? {} : { 'idempotency-key': key } });
  const count = () => bench.test.platform.connection.collection('repairs').countDocuments({});

  it('when a stranger brings a device, then customer, device and sheet are there as said', async () => {
    const { status, headers, body } = await post(buildIntake());
    expect(status, JSON.stringify(body)).to.equal(201);
    const [customer] = bench.neighbours.customers;
    const [device] = bench.neighbours.devices;
    expect(headers.get('location')).to.equal(`/api/v1/repairs/${body.data.id}`);
    expect(body.data).to.deep.include({
      number: 'REP-2026-000001',
      customer: { id: customer?.id, name: 'Nicolò Però' },
      asset: { id: device?.id, friendlyName: 'ThinkPad T14' },
      locationId: device?.locationId,
      device: buildIntake().device,
      notes: 'Keep the data',
      source: 'PHONE',
      status: 'PENDING',
      underWarranty: true,
      estimatedCompletionAt: '2026-03-06T16:00:00.000Z',
    });
  });

  it('when the form has faults, then all of them are told at once, and nothing is asked or made', async () => {
    const { device } = buildIntake();
    const faulty = {
      customer: { ...CUSTOMER, surname: undefined, fiscalCode: 'RCCMNL83S18D969X', vatNumber: '00743110158', sdiCode: 'ABC', pec: 'no' },
      device: { ...device, category: 'FRIDGE', serialNumber: '', purchaseDate: '2026-06-01' },
      problemDescription: '',
      devicePassword: '',
      colour: 'red',
    };
    const { status, body } = await post(buildIntake({ ...faulty, customer: { ...faulty.customer, type: 'INDIVIDUAL' } }));
    expect(status).to.equal(422);
    expect([...new Set(body.errors.map(({ path }) => path))]).to.have.members([
      ...['customer.surname', 'customer.fiscalCode', 'customer.vatNumber', 'customer.sdiCode', 'customer.pec'],
      ...['device.category', 'device.serialNumber', 'device.warrantyEndDate', 'problemDescription', 'devicePassword', 'colour'],
    ]);
    expect([bench.neighbours.asked, await count()]).to.deep.equal([[], 0]);
  });

  it('when an Italian company has no VAT number, then that is a fault, and with one it is a company', async () => {
    const { surname: _surname, fiscalCode: _code, ...company } = CUSTOMER;
    const without = await post(buildIntake({ customer: { ...company, type: 'BUSINESS' } }));
    expect(without.body.errors.map(({ path }) => path)).to.deep.equal(['customer.vatNumber']);
    expect((await post(buildIntake({ customer: { ...company, vatNumber: 'IT00743110157' } }))).status).to.equal(201);
    expect(bench.neighbours.customers[0]).to.include({ type: 'BUSINESS', vatNumber: '00743110157' });
  });

  it('when auth refuses the customer all the same, then its faults lie below customer', async () => {
    const errors = [{ path: 'fiscalCode', message: 'is somebody else’s' }];
    bench.neighbours.refusal = new DomainError('invalid', 'VALIDATION_FAILED', 'One field is invalid.', { errors });
    const { status, body } = await post(buildIntake());
    expect([status, body.errors[0]?.path]).to.deep.equal([422, 'customer.fiscalCode']);
  });

  it('when neither or both of customerId and customer are given, then 422', async () => {
    const { body } = await post(buildIntake({ customer: undefined }));
    expect(body.errors.map(({ path }) => path)).to.deep.equal(['customerId']);
    const rosa = await bench.customer();
    const both = await post(buildIntake({ customerId: rosa.caller.customerId }));
    expect([both.status, both.body.errors[0]?.path]).to.deep.equal([422, 'customer']);
  });

  it('when it is repeated with its Idempotency-Key, then the first answer again, and one sheet', async () => {
    const [first, second] = [await post(buildIntake(), agent, 'slip-1'), await post(buildIntake(), agent, 'slip-1')];
    expect([second.status, second.body.data]).to.deep.equal([201, first.body.data]);
    expect(await count()).to.equal(1);
  });

  for (const away of ['auth', 'assets'] as const)
    it(`when ${away} is away, then 503 with Retry-After; the same request later makes everything once`, async () => {
      bench.neighbours.away.add(away);
      const refused = await post(buildIntake(), agent, 'slip-1');
      expect([refused.status, refused.headers.get('retry-after') !== null, await count()]).to.deep.equal([503, true, 0]);
      bench.neighbours.away.clear();
      expect((await post(buildIntake(), agent, 'slip-1')).body.data.number).to.equal('REP-2026-000001');
      const keys = bench.neighbours.asked.filter(({ path }) => path.startsWith('/internal/customers')).map(({ key }) => key);
      expect([keys.length, new Set(keys).size]).to.deep.equal([2, 1]);
      expect([bench.neighbours.customers.length, bench.neighbours.devices.length, await count()]).to.deep.equal([1, 1, 1]);
    });

  it('when the process dies before the answer, then the repetition finds the sheet', async () => {
    const { body } = await post(buildIntake(), agent, 'slip-1');
    // As a crash leaves it: the key is taken, the answer is not there.
    const keys = bench.test.platform.connection.collection('idempotency_keys');
    await keys.updateMany({}, { $unset: { answer: '' }, $set: { leaseUntil: new Date(0) } });
    const again = await post(buildIntake(), agent, 'slip-1');
    expect([again.status, again.body.data]).to.deep.equal([201, body.data]);
    expect(await count()).to.equal(1);
  });

  it('when auth cannot tell whose it is, then 409 with the candidates, and no sheet', async () => {
    const candidates = [{ id: bench.person('AGENT').caller.userId, name: 'Vera', contactEmail: 'vera@example.test' }];
    bench.neighbours.refusal = new DomainError('conflict', 'CUSTOMER_AMBIGUOUS', 'Choose one.', { extra: { candidates } });
    const { status, body } = await post(buildIntake());
    expect([status, body.code, await count()]).to.deep.equal([409, 'CUSTOMER_AMBIGUOUS', 0]);
    expect(body).to.deep.include({ candidates });
  });

  it('when staff read the sheet, then it says how the customer was found, and customers do not see it', async () => {
    const how = async (intake: Readonly<Record<string, unknown>>): Promise<unknown> => {
      const { id } = await opened(bench, agent, buildIntake(intake));
      return (await bench.api.get<{ activities: { metadata?: object }[] }>(`/repairs/${id}`, agent)).body.data.activities[0]?.metadata;
    };
    const rosa = await bench.customer();
    expect(await how({})).to.deep.equal({ customerIdentifiedBy: 'CREATED' });
    expect(await how({})).to.deep.equal({ customerIdentifiedBy: 'FOUND' });
    expect(await how({ customer: undefined, customerId: rosa.caller.customerId })).to.deep.equal({ customerIdentifiedBy: 'CHOSEN' });
    const [repair] = (await bench.api.get<{ id: string }[]>('/repairs', rosa)).body.data;
    const seen = await bench.api.get<{ activities: { metadata?: object }[] }>(`/repairs/${repair?.id}`, rosa);
    expect(seen.body.data.activities[0]).to.not.have.property('metadata');
  });

  it('when the customer is suspended, then 409 and no sheet', async () => {
    const rosa = await bench.customer({ status: 'SUSPENDED' });
    const { status, body } = await post(buildIntake({ customer: undefined, customerId: rosa.caller.customerId }));
    expect([status, body.code, await count()]).to.deep.equal([409, 'CUSTOMER_NOT_ACTIVE', 0]);
  });

  it('when the customer was made a moment ago, then auth knows them; one that nobody knows is 404', async () => {
    const made = await bench.neighbours.auth.post<{ id: string }>('/internal/customers', { ...CUSTOMER, type: 'INDIVIDUAL' }, 'key');
    expect((await post(buildIntake({ customer: undefined, customerId: made.id }))).status).to.equal(201);
    const unknown = await post(buildIntake({ customer: undefined, customerId: bench.person('AGENT').caller.userId }));
    expect([unknown.status, unknown.body.code]).to.deep.equal([404, 'CUSTOMER_NOT_FOUND']);
  });

  it('when nobody knows where the device would be, then the sheet stands alone', async () => {
    const rosa = await bench.customer();
    const customerId = rosa.caller.customerId as string;
    bench.neighbours.homeless.add(customerId);
    expect(await opened(bench, agent, { customerId })).to.not.have.property('assetId');
    bench.neighbours.customers.push({ ...rosa.customer, billingAddress: ADDRESS });
    expect(await opened(bench, agent, { customerId })).to.have.property('assetId', bench.neighbours.devices[0]?.id);
  });

  it('when the device is a registered one, then it is described from there, and its warranty counts', async () => {
    const rosa = await bench.customer();
    const customerId = rosa.caller.customerId as string;
    const asset = await bench.asset({ customerId, warrantyEndDate: '2026-03-02' });
    const body = { customer: undefined, customerId, assetId: asset.id, device: { accessories: ['Charger'] } };
    const repair = await opened(bench, agent, buildIntake(body));
    expect(repair).to.include({ assetId: asset.id, locationId: asset.locationId, underWarranty: true });
    expect(repair.device).to.deep.include({ brand: 'Dell', serialNumber: 'ABC123', accessories: ['Charger'] });
    const contradiction = await post(buildIntake({ ...body, device: buildIntake().device }));
    expect(contradiction.body.errors.map(({ path }) => path)).to.include.members(['device.brand', 'device.serialNumber']);
    const retired = await bench.asset({ customerId, status: 'RETIRED' });
    expect((await post(buildIntake({ ...body, assetId: retired.id }))).status).to.equal(409);
  });

  it("when device or location are another customer's, then they do not exist", async () => {
    const [rosa, other] = [await bench.customer(), await bench.customer()];
    const [customerId, otherId] = [rosa.caller.customerId as string, other.caller.customerId as string];
    const [asset, location] = [await bench.asset({ customerId: otherId }), await bench.location({ customerId: otherId })];
    const mine = { customer: undefined, customerId };
    expect((await post(buildIntake({ ...mine, device: undefined, assetId: asset.id }))).status).to.equal(404);
    expect((await post(buildIntake({ ...mine, locationId: location.id }))).status).to.equal(404);
    expect(await count()).to.equal(0);
  });
});

describe('POST /repairs by a customer', () => {
  let bench: Bench;
  let rosa: Person;
  beforeEach(async () => {
    bench = await startBench({ now: '2026-03-02T08:00:00Z' });
    rosa = await bench.customer();
  });
  afterEach(() => bench.stop());

  it('when they describe a device, then it is registered for them', async () => {
    const repair = await opened(bench, rosa, { devicePassword: 'orchidea' });
    expect(repair).to.include({ source: 'PORTAL', assetId: bench.neighbours.devices[0]?.id });
    expect(bench.neighbours.devices[0]?.customerId).to.equal(rosa.caller.customerId);
    expect(JSON.stringify(repair)).to.not.contain('orchidea');
  });

  it('when they say what only the desk may say, then each is an unknown field', async () => {
    const desk = { customer: CUSTOMER, source: 'PHONE', estimatedCompletionAt: '2026-03-06T16:00:00Z' };
    const { status, body } = await bench.api.post('/repairs', buildRepair(desk), rosa);
    expect(status).to.equal(422);
    expect(body.errors.map(({ path }) => path)).to.have.members(Object.keys(desk));
  });

  it('when a technician asks, then 403', async () => {
    expect((await bench.api.post('/repairs', buildRepair(), bench.person('TECH'))).status).to.equal(403);
  });

  it('when assets is away, then 503 and nothing is there', async () => {
    bench.neighbours.away.add('assets');
    const { status, body } = await bench.api.post('/repairs', buildRepair(), rosa);
    expect([status, body.code]).to.deep.equal([503, unavailable('x').code]);
  });
});
