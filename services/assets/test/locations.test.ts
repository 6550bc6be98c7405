import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { LocationAdded, LocationRemoved, LocationUpdated, type LocationEventV1 } from '@riparo/shared/contracts/assets.events';
import { buildLocation, startBench, type Bench, type Somebody } from './bench.js';

describe('Locations', () => {
  let bench: Bench;
  let rossi: Somebody;
  before(async () => (bench = await startBench()));
  after(() => bench.stop());
  beforeEach(async () => (rossi = await bench.customer()));

  const primaries = async (by: Somebody) => {
    const { body } = await bench.api.get<{ id: string; isPrimary: boolean }[]>('/locations', { token: by.token });
    return body.data.filter(({ isPrimary }) => isPrimary).map(({ id }) => id);
  };
  /** The last `isPrimary` that was announced of each of a customer's locations. */
  const announced = async (by: Somebody) => {
    await bench.world.idle();
    const events = bench.world.published.filter(({ type }) => type.includes('.location-')).map(({ data }) => data as LocationEventV1);
    const ours = events.filter(({ location }) => location.customerId === by.customerId);
    return new Map(ours.map(({ location }) => [location.id, location.isPrimary && !location.removed]));
  };

  describe('POST /locations', () => {
    it('when it is the first one, then it is primary, unasked', async () => {
      const { status, body, headers } = await bench.api.post('/locations', buildLocation(), { token: rossi.token });
      expect(status).to.equal(201);
      expect(headers.get('location')).to.equal(`/api/v1/locations/${body.data.id}`);
      expect(headers.get('etag')).to.equal(`"${String(body.data.version)}"`);
      expect(body.data).to.include({ customerId: rossi.customerId, name: 'Main Office', isPrimary: true });
    });

    it('when another one is added, then the primary one stays unless asked otherwise', async () => {
      const first = await bench.location(rossi);
      const second = await bench.location(rossi, { name: 'Depot' });
      expect(await primaries(rossi)).to.deep.equal([first]);
      const third = await bench.location(rossi, { name: 'New Office', isPrimary: true });
      expect(await primaries(rossi)).to.deep.equal([third]);
      expect([...(await announced(rossi))]).to.have.deep.members([
        [first, false],
        [second, false],
        [third, true],
      ]);
    });

    it('when many are added at once, then exactly one is primary', async () => {
      await Promise.all(Array.from({ length: 10 }, (_, n) => bench.location(rossi, { name: `Shop ${n}`, isPrimary: n % 2 === 0 })));
      expect(await primaries(rossi)).to.have.length(1);
      const said = [...(await announced(rossi))].filter(([, isPrimary]) => isPrimary).map(([id]) => id);
      expect(said).to.deep.equal(await primaries(rossi));
    });

    it('when one is added, then it is announced without how to get in', async () => {
      const geo = { lat: 43.01, lng: -83.69 };
      const id = await bench.location(rossi, { geo, accessInstructions: 'Ring twice' });
      await bench.world.idle();
      const event = bench.world.published.find(({ type, subject }) => type === LocationAdded.type && subject === id);
      expect((event?.data as LocationEventV1).location).to.include({ id, city: 'Flint', removed: false });
      expect((event?.data as LocationEventV1).location.geo).to.deep.equal(geo);
      expect((event?.data as LocationEventV1).location).not.to.have.property('accessInstructions');
    });

    it('when the body has faults, then 422 with all of them', async () => {
      const { status, body } = await bench.api.post(
        '/locations',
        { name: '', city: 5, geo: { lat: 100, lng: 0 }, colour: 'red' },
        { token: rossi.token },
      );
      expect(status).to.equal(422);
      expect(body.errors.map(({ path }) => path)).to.include.members([
        'name',
        'city',
        'geo.lat',
        'colour',
        'addressLine1',
        'postalCode',
        'country',
      ]);
    });

    it('when repeated with its Idempotency-Key, then makes one', async () => {
      const options = { token: rossi.token, headers: { 'idempotency-key': randomUUID() } };
      const [first, again] = [
        await bench.api.post('/locations', buildLocation(), options),
        await bench.api.post('/locations', buildLocation(), options),
      ];
      expect(again.body.data.id).to.equal(first.body.data.id);
    });

    it('when staff add one, then they must name a customer who exists', async () => {
      const { token } = bench.staff();
      const without = await bench.api.post('/locations', buildLocation(), { token });
      expect(without.body.errors).to.deep.equal([{ path: 'customerId', message: 'is required' }]);
      const unknown = await bench.api.post('/locations', buildLocation({ customerId: randomUUID() }), { token });
      expect([unknown.status, unknown.body.code]).to.deep.equal([404, 'CUSTOMER_NOT_FOUND']);
      const known = await bench.api.post('/locations', buildLocation({ customerId: rossi.customerId }), { token });
      expect(known.body.data).to.include({ customerId: rossi.customerId });
    });

    it('when a customer names another customer, then 404 and nothing is made', async () => {
      const other = await bench.customer();
      const { status } = await bench.api.post('/locations', buildLocation({ customerId: other.customerId }), { token: rossi.token });
      expect(status).to.equal(404);
      expect(await primaries(other)).to.deep.equal([]);
    });
  });

  describe('PUT /locations/:id', () => {
    it('when fields are given, then they change, what is null is cleared, and the rest stays', async () => {
      const id = await bench.location(rossi, { phone: '+39 0586 123456', addressLine2: '2nd floor' });
      const { status, body } = await bench.api.put(`/locations/${id}`, { name: 'HQ', phone: null }, { token: rossi.token });
      expect(status).to.equal(200);
      expect(body.data).to.include({ name: 'HQ', addressLine2: '2nd floor', isPrimary: true }).and.not.have.property('phone');
    });

    it('when another one becomes primary, then both are told of', async () => {
      const [first, second] = [await bench.location(rossi), await bench.location(rossi)];
      const { body } = await bench.api.put(`/locations/${second}`, { isPrimary: true }, { token: rossi.token });
      expect(body.data).to.include({ isPrimary: true });
      expect(await primaries(rossi)).to.deep.equal([second]);
      const updated = (await announced(rossi), bench.world.published.filter(({ type }) => type === LocationUpdated.type));
      expect(updated.map(({ subject }) => subject)).to.include.members([first, second]);
    });

    it('when the primary one shall not be primary any more, then 409 PRIMARY_LOCATION_REQUIRED', async () => {
      const id = await bench.location(rossi);
      const { status, body } = await bench.api.put(`/locations/${id}`, { isPrimary: false }, { token: rossi.token });
      expect([status, body.code]).to.deep.equal([409, 'PRIMARY_LOCATION_REQUIRED']);
    });

    it('when If-Match is stale, then 412 and nothing changes', async () => {
      const id = await bench.location(rossi);
      const answer = await bench.api.put(`/locations/${id}`, { name: 'X' }, { token: rossi.token, headers: { 'if-match': '"77"' } });
      expect(answer.status).to.equal(412);
      expect((await bench.api.get(`/locations/${id}`, { token: rossi.token })).body.data).to.include({ name: 'Main Office' });
    });
  });

  describe('DELETE /locations/:id', () => {
    it('when the primary one is removed, then the oldest of the others is primary', async () => {
      const [first, second, third] = [await bench.location(rossi), await bench.location(rossi), await bench.location(rossi)];
      expect((await bench.api.delete(`/locations/${first}`, { token: rossi.token })).status).to.equal(204);
      expect((await bench.api.get(`/locations/${first}`, { token: rossi.token })).status).to.equal(404);
      expect(await primaries(rossi)).to.deep.equal([second]);
      expect([...(await announced(rossi))]).to.have.deep.members([
        [first, false],
        [second, true],
        [third, false],
      ]);
      expect(bench.world.published.some(({ type, subject }) => type === LocationRemoved.type && subject === first)).to.be.true;
    });

    it('when devices live there, then 409 LOCATION_IN_USE until they are gone', async () => {
      const locationId = await bench.location(rossi);
      const asset = await bench.asset(rossi, { locationId });
      const refused = await bench.api.delete(`/locations/${locationId}`, { token: rossi.token });
      expect([refused.status, refused.body.code, refused.body.assetCount]).to.deep.equal([409, 'LOCATION_IN_USE', 1]);
      await bench.api.delete(`/assets/${asset}`, { token: rossi.token });
      expect((await bench.api.delete(`/locations/${locationId}`, { token: rossi.token })).status).to.equal(204);
    });

    it('when devices arrive at the same time, then either they are refused or it stays', async () => {
      for (let round = 0; round < 5; round++) {
        const locationId = await bench.location(rossi);
        const add = () => bench.api.post('/assets', assetAt(locationId), { token: rossi.token });
        const [removed, ...added] = await Promise.all([
          bench.api.delete(`/locations/${locationId}`, { token: rossi.token }),
          add(),
          add(),
          add(),
        ]);
        const arrived = added.filter(({ status }) => status === 201).length;
        expect(removed.status === 204 ? arrived : removed.status).to.equal(removed.status === 204 ? 0 : 409);
      }
    });
  });

  it('when another customer tries anything with a location, then it does not exist', async () => {
    const id = await bench.location(rossi);
    const { token } = await bench.customer();
    const answers = [
      await bench.api.get(`/locations/${id}`, { token }),
      await bench.api.put(`/locations/${id}`, { name: 'Mine' }, { token }),
      await bench.api.put(`/locations/${id}`, { name: 'Mine' }, { token, headers: { 'if-match': '"99"' } }),
      await bench.api.delete(`/locations/${id}`, { token }),
    ];
    expect(answers.map(({ status, body }) => [status, body.code])).to.deep.equal(answers.map(() => [404, 'LOCATION_NOT_FOUND']));
    expect((await bench.api.get<unknown[]>('/locations', { token })).body.data).to.deep.equal([]);
  });

  it('when a CUSTOMER_USER or a TECH writes, then 403, and without a token 401', async () => {
    const user = bench.world.tokenFor({ role: 'CUSTOMER_USER', customerId: rossi.customerId });
    expect((await bench.api.get('/locations', { token: user })).status).to.equal(200);
    expect((await bench.api.post('/locations', buildLocation(), { token: user })).body.code).to.equal('FORBIDDEN');
    expect((await bench.api.post('/locations', buildLocation(), { token: bench.staff('TECH').token })).status).to.equal(403);
    expect((await bench.api.get('/locations')).status).to.equal(401);
  });

  it('when the query has operators, then 422', async () => {
    const answer = await bench.api.get('/locations?customerId[$ne]=x', { token: bench.staff().token });
    expect(answer.status).to.equal(422);
  });
});

const assetAt = (locationId: string) => ({
  friendlyName: 'A',
  category: 'LAPTOP',
  brand: 'B',
  model: 'M',
  serialNumber: randomUUID(),
  locationId,
});
