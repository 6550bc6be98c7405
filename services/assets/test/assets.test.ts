import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { AssetRegistered, AssetRetired, AssetUpdated, type AssetEventV1 } from '@riparo/shared/contracts/assets.events';
import { buildAsset, startBench, type Bench, type Somebody } from './bench.js';

describe('Assets', () => {
  let bench: Bench;
  let rossi: Somebody;
  let home: string;
  before(async () => (bench = await startBench()));
  after(() => bench.stop());
  beforeEach(async () => {
    rossi = await bench.customer();
    home = await bench.location(rossi);
  });

  const told = async (type: string, id: string) => {
    await bench.world.idle();
    return bench.world.published.filter((event) => event.type === type && event.subject === id).map(({ data }) => data as AssetEventV1);
  };

  describe('POST /assets', () => {
    it('when a device is registered, then the answer has everything that is derived', async () => {
      const { status, body, headers } = await bench.api.post(
        '/assets',
        buildAsset(home, {
          serialNumber: 'ABC123',
          primaryUser: 'Joel',
          os: 'Windows 11 Pro',
          warrantyEndDate: '2026-03-05',
          tags: ['office'],
        }),
        { token: rossi.token },
      );
      expect(status).to.equal(201);
      expect(headers.get('location')).to.equal(`/api/v1/assets/${body.data.id}`);
      expect(body.data).to.deep.include({
        customerId: rossi.customerId,
        locationId: home,
        friendlyName: "Joel's Laptop",
        serialNumber: 'ABC123',
        status: 'ACTIVE',
        tags: ['office'],
        coverageStatus: 'OUT_OF_PLAN',
        coveredUntil: '2026-03-05',
        daysUntilWarrantyExpires: 3,
        openTicketCount: 0,
        totalTicketCount: 0,
        recentTickets: [],
      });
      expect(body.data.location).to.include({ id: home, name: 'Main Office' });
      expect(body.data).not.to.have.any.keys('serialKey', 'searchWords', 'nameKey', 'tenantId', 'outbox');
    });

    it('when a device is registered, then it is announced with who did it', async () => {
      const id = await bench.asset(rossi, { locationId: home });
      const [event] = await told(AssetRegistered.type, id);
      expect(event?.asset).to.include({ id, customerId: rossi.customerId, locationId: home, status: 'ACTIVE' });
      expect(event?.actorUserId).to.equal(rossi.userId);
    });

    it('when the body has faults, then 422 with all of them', async () => {
      const { status, body } = await bench.api.post(
        '/assets',
        {
          ...buildAsset(home),
          category: 'TOASTER',
          purchaseDate: '2026-02-30',
          serialNumber: { $ne: null },
          status: 'RETIRED',
          brand: undefined,
        },
        { token: rossi.token },
      );
      expect(status).to.equal(422);
      expect(body.errors.map(({ path }) => path)).to.have.members(['category', 'purchaseDate', 'serialNumber', 'status', 'brand']);
    });

    it('when the warranty ends before the purchase, then 422', async () => {
      const body = buildAsset(home, { purchaseDate: '2026-01-15', warrantyEndDate: '2025-01-15' });
      const answer = await bench.api.post('/assets', body, { token: rossi.token });
      expect(answer.body.errors.map(({ path }) => path)).to.deep.equal(['warrantyEndDate']);
    });

    it("when the location is another customer's or nobody's, then 404 LOCATION_NOT_FOUND", async () => {
      const other = await bench.customer();
      for (const locationId of [await bench.location(other), randomUUID()]) {
        const answer = await bench.api.post('/assets', buildAsset(locationId), { token: rossi.token });
        expect([answer.status, answer.body.code]).to.deep.equal([404, 'LOCATION_NOT_FOUND']);
      }
    });

    it('when the serial number is taken, however it is written, then 409 SERIAL_NUMBER_TAKEN', async () => {
      await bench.asset(rossi, { locationId: home, serialNumber: 'ABC-123' });
      const depot = await bench.location(rossi);
      const answer = await bench.api.post('/assets', buildAsset(depot, { serialNumber: 'abc 123' }), { token: rossi.token });
      expect([answer.status, answer.body.code]).to.deep.equal([409, 'SERIAL_NUMBER_TAKEN']);
      expect((await bench.api.delete(`/locations/${depot}`, { token: rossi.token })).status).to.equal(204);
    });

    it('when many come at once with one serial number, then one gets it', async () => {
      const add = () => bench.api.post('/assets', buildAsset(home, { serialNumber: 'RACE-1' }), { token: rossi.token });
      const answers = await Promise.all([add(), add(), add(), add(), add()]);
      expect(answers.map(({ status }) => status).sort()).to.deep.equal([201, 409, 409, 409, 409]);
    });

    it('when a device is retired, then its serial number is free, as it is for another customer', async () => {
      const first = await bench.asset(rossi, { locationId: home, serialNumber: 'S-1' });
      await bench.api.delete(`/assets/${first}`, { token: rossi.token });
      await bench.asset(rossi, { locationId: home, serialNumber: 'S-1' });
      await bench.asset(await bench.customer(), { serialNumber: 'S-1' });
    });

    it('when repeated with its Idempotency-Key, then makes one', async () => {
      const body = buildAsset(home);
      const options = { token: rossi.token, headers: { 'idempotency-key': randomUUID() } };
      const answers = [await bench.api.post('/assets', body, options), await bench.api.post('/assets', body, options)];
      expect(answers.map(({ status }) => status)).to.deep.equal([201, 201]);
      expect(answers[1]?.body.data.id).to.equal(answers[0]?.body.data.id);
    });

    it('when a CUSTOMER_USER registers one, then 201, when a TECH, then 403, and without a token 401', async () => {
      const user = bench.world.tokenFor({ role: 'CUSTOMER_USER', customerId: rossi.customerId });
      expect((await bench.api.post('/assets', buildAsset(home), { token: user })).status).to.equal(201);
      expect((await bench.api.post('/assets', buildAsset(home), { token: bench.staff('TECH').token })).status).to.equal(403);
      expect((await bench.api.post('/assets', buildAsset(home))).status).to.equal(401);
    });
  });

  describe('PUT /assets/:id', () => {
    it('when fields are given, then they change, what is null is cleared, and the rest stays', async () => {
      const id = await bench.asset(rossi, { locationId: home, notes: 'old', os: 'Windows 10' });
      const { status, body } = await bench.api.put(`/assets/${id}`, { friendlyName: 'Till', notes: null }, { token: rossi.token });
      expect(status).to.equal(200);
      expect(body.data).to.include({ friendlyName: 'Till', os: 'Windows 10' }).and.not.have.property('notes');
      expect((await told(AssetUpdated.type, id)).at(-1)?.asset).to.include({ friendlyName: 'Till' });
    });

    it('when nothing changes, then nothing is written', async () => {
      const id = await bench.asset(rossi, { locationId: home });
      const { body } = await bench.api.put(`/assets/${id}`, { brand: 'Dell' }, { token: rossi.token });
      expect(body.data.version).to.equal(1);
      expect(await told(AssetUpdated.type, id)).to.deep.equal([]);
    });

    it('when a device moves, then only to another location of the same customer', async () => {
      const id = await bench.asset(rossi, { locationId: home });
      const depot = await bench.location(rossi);
      const moved = await bench.api.put(`/assets/${id}`, { locationId: depot }, { token: rossi.token });
      expect(moved.body.data.location).to.include({ id: depot });
      expect((await told(AssetUpdated.type, id)).at(-1)?.changes).to.deep.equal([{ field: 'locationId', from: home, to: depot }]);
      const foreign = await bench.location(await bench.customer());
      const answer = await bench.api.put(`/assets/${id}`, { locationId: foreign }, { token: rossi.token });
      expect([answer.status, answer.body.code]).to.deep.equal([404, 'LOCATION_NOT_FOUND']);
    });

    it('when several edit at once, then no field is lost', async () => {
      const id = await bench.asset(rossi, { locationId: home });
      const depot = await bench.location(rossi);
      await Promise.all([
        bench.api.put(`/assets/${id}`, { notes: 'by A' }, { token: rossi.token }),
        bench.api.put(`/assets/${id}`, { os: 'by B' }, { token: rossi.token }),
        bench.api.put(`/assets/${id}`, { locationId: depot }, { token: rossi.token }),
      ]);
      const { body } = await bench.api.get(`/assets/${id}`, { token: rossi.token });
      expect(body.data).to.include({ notes: 'by A', os: 'by B', locationId: depot });
    });

    it('when 20 edits come with the same If-Match, then one wins and the others get 412', async () => {
      const id = await bench.asset(rossi, { locationId: home });
      const edit = (n: number) =>
        bench.api.put(`/assets/${id}`, { notes: `n${n}` }, { token: rossi.token, headers: { 'if-match': '"1"' } });
      const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => edit(n)));
      expect(answers.filter(({ status }) => status === 200)).to.have.length(1);
      expect(answers.filter(({ status }) => status === 412)).to.have.length(19);
    });

    it('when staff set it in repair, then it is, and a customer gets 422', async () => {
      const id = await bench.asset(rossi, { locationId: home });
      const refused = await bench.api.put(`/assets/${id}`, { status: 'IN_REPAIR' }, { token: rossi.token });
      expect([refused.status, refused.body.errors[0]?.path]).to.deep.equal([422, 'status']);
      const answer = await bench.api.put(`/assets/${id}`, { status: 'IN_REPAIR' }, { token: bench.staff().token });
      expect(answer.body.data).to.include({ status: 'IN_REPAIR' });
    });

    it('when it is retired, then 409 ASSET_RETIRED; staff bring it back if its serial number is still free', async () => {
      const id = await bench.asset(rossi, { locationId: home, serialNumber: 'OLD-1' });
      await bench.api.delete(`/assets/${id}`, { token: rossi.token });
      const refused = await bench.api.put(`/assets/${id}`, { notes: 'x' }, { token: rossi.token });
      expect([refused.status, refused.body.code]).to.deep.equal([409, 'ASSET_RETIRED']);
      const { token } = bench.staff();
      expect((await bench.api.put(`/assets/${id}`, { status: 'ACTIVE' }, { token })).body.data).to.include({ status: 'ACTIVE' });
      await bench.api.delete(`/assets/${id}`, { token });
      await bench.asset(rossi, { locationId: home, serialNumber: 'OLD-1' });
      expect((await bench.api.put(`/assets/${id}`, { status: 'ACTIVE' }, { token })).body.code).to.equal('SERIAL_NUMBER_TAKEN');
    });

    it('when nothing is given, then 422', async () => {
      const id = await bench.asset(rossi, { locationId: home });
      expect((await bench.api.put(`/assets/${id}`, {}, { token: rossi.token })).status).to.equal(422);
    });
  });

  describe('DELETE /assets/:id', () => {
    it('when a device is retired twice, then it is still readable and announced once', async () => {
      const id = await bench.asset(rossi, { locationId: home });
      expect((await bench.api.delete(`/assets/${id}`, { token: rossi.token })).status).to.equal(204);
      expect((await bench.api.delete(`/assets/${id}`, { token: rossi.token })).status).to.equal(204);
      expect((await bench.api.get(`/assets/${id}`, { token: rossi.token })).body.data).to.include({ status: 'RETIRED' });
      expect(await told(AssetRetired.type, id)).to.have.length(1);
    });
  });

  it('when another customer tries anything with a device, then it does not exist', async () => {
    const id = await bench.asset(rossi, { locationId: home });
    const { token } = await bench.customer();
    const ifMatch = { token, headers: { 'if-match': '"99"' } };
    const answers = [
      await bench.api.get(`/assets/${id}`, { token }),
      await bench.api.get(`/assets/${id}/history`, { token }),
      await bench.api.put(`/assets/${id}`, { notes: 'Mine' }, { token }),
      await bench.api.put(`/assets/${id}`, { notes: 'Mine' }, ifMatch),
      await bench.api.delete(`/assets/${id}`, ifMatch),
      await bench.api.delete(`/assets/${id}`, { token }),
      await bench.api.get(`/assets/not-a-uuid`, { token }),
    ];
    expect(answers.map(({ status, body }) => [status, body.code])).to.deep.equal(answers.map(() => [404, 'ASSET_NOT_FOUND']));
    expect((await bench.api.get(`/assets/${id}`, { token: rossi.token })).body.data).to.include({ version: 1 });
  });

  it('when somebody of another tenant asks, then they see no device', async () => {
    const id = await bench.asset(rossi, { locationId: home });
    const token = bench.world.tokenFor({ role: 'SUPER_ADMIN', tenantId: 'elsewhere' });
    expect((await bench.api.get(`/assets/${id}`, { token })).status).to.equal(404);
    expect((await bench.api.get<unknown[]>('/assets', { token })).body.data).to.deep.equal([]);
  });

  describe('GET /internal/locations', () => {
    it('when a service asks, then it is told only how to reach a place and get in', async () => {
      const place = await bench.location(rossi, { phone: '+39 059 555010', accessInstructions: 'Ring twice' });
      const path = `/internal/locations?ids=${place},nowhere`;
      const token = bench.world.platform.serviceTokens.mint();
      expect((await bench.api.get(path, { root: true, token })).body.data).to.deep.equal([
        { id: place, phone: '+39 059 555010', accessInstructions: 'Ring twice' },
      ]);
      expect((await bench.api.get(`${path}&tenantId=other`, { root: true, token })).body.data).to.deep.equal([]);
      expect((await bench.api.get(path, { root: true, token: bench.staff('ADMIN').token })).status).to.equal(401);
    });
  });

  describe('GET /internal/assets/:id', () => {
    it('when a service asks, then it gets version and published view, and nobody else does', async () => {
      const id = await bench.asset(rossi, { locationId: home, notes: 'not for others' });
      const token = bench.world.platform.serviceTokens.mint();
      const { body } = await bench.api.get(`/internal/assets/${id}?tenantId=default`, { root: true, token });
      expect(body.data).to.include({ id, customerId: rossi.customerId, version: 1 }).and.not.have.property('notes');
      expect((await bench.api.get(`/internal/locations/${home}`, { root: true, token })).body.data).to.include({
        id: home,
        removed: false,
      });
      expect((await bench.api.get(`/internal/assets/${id}?tenantId=other`, { root: true, token })).status).to.equal(404);
      expect((await bench.api.get(`/internal/assets/${id}`, { root: true, token: bench.staff('ADMIN').token })).status).to.equal(401);
    });
  });
});
