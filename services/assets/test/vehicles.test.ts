import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { STAFF_ROLES } from '@riparo/shared/contracts/roles';
import { VehicleAdded, VehicleRetired, VehicleUpdated, type VehicleEventV1 } from '@riparo/shared/contracts/vehicles.events';
import sharp from 'sharp';
import { loadAssetsConfig } from '../src/config.js';
import { createDependencies } from '../src/dependencies.js';
import { createSweepPhotos } from '../src/photo/sweep-photos.js';
import { startBench, type Bench } from './bench.js';

interface Shown {
  readonly id: string;
  readonly plate: string;
  readonly status: string;
  readonly version: number;
  readonly odometerKm: number;
  readonly notes?: string;
  readonly photo?: { readonly id: string };
  readonly [field: string]: unknown;
}

const plateNumber = (): string => `T-${randomUUID().slice(0, 6)} X`;
const buildVehicle = (part: object = {}) => ({ plate: plateNumber(), brand: 'Fiat', model: 'Doblò', odometerKm: 50_000, ...part });

describe('Vehicles', () => {
  let bench: Bench;
  let desk: { readonly token: string };
  let tech: { readonly token: string };
  before(async () => {
    bench = await startBench();
    desk = { token: bench.staff().token };
    tech = { token: bench.staff('TECH').token };
  });
  after(() => bench.stop());

  const post = (body: object, options: object = desk) => bench.api.post<Shown>('/vehicles', body, options);
  const add = async (part: object = {}): Promise<Shown> => {
    const { status, text, body } = await post(buildVehicle(part));
    if (status !== 201) throw new Error(text);
    return body.data;
  };
  const put = (id: string, body: object, options: object = desk) => bench.api.put<Shown>(`/vehicles/${id}`, body, options);
  const show = async (id: string, options: object = desk) => (await bench.api.get<Shown>(`/vehicles/${id}`, options)).body.data;
  const told = async (id: string) => {
    await bench.world.idle();
    const types = { [VehicleAdded.type]: 'added', [VehicleUpdated.type]: 'updated', [VehicleRetired.type]: 'retired' };
    return bench.world.published.flatMap(({ type, data }) => {
      const { vehicle } = data as VehicleEventV1;
      return type in types && vehicle.id === id ? [`${types[type]} ${vehicle.status} ${vehicle.odometerKm}`] : [];
    });
  };

  describe('POST /vehicles', () => {
    it('when one is added, then its plate is in its normal form, and it is told without the notes', async () => {
      const homeBase = { address: 'Via Emilia 1, Modena', geo: { lat: 44.6, lng: 10.9 } };
      const plate = `fg ${randomUUID().slice(0, 3)}-hj`;
      const { status, body, headers } = await post(buildVehicle({ plate, year: 2021, notes: 'Dent on the left', homeBase }));
      expect([status, headers.get('location')]).to.deep.equal([201, `/api/v1/vehicles/${body.data.id}`]);
      const normal = plate.toUpperCase().replace(/[ -]/g, '');
      expect(body.data).to.deep.include({ plate: normal, status: 'AVAILABLE', odometerKm: 50_000, year: 2021, homeBase, version: 1 });
      await bench.world.idle();
      const event = bench.world.published.find(({ subject }) => subject === body.data.id);
      expect(event).to.include({ type: VehicleAdded.type, aggregateversion: 1 });
      expect((event?.data as VehicleEventV1).vehicle).to.deep.equal({
        ...{ id: body.data.id, plate: normal, brand: 'Fiat', model: 'Doblò', status: 'AVAILABLE', odometerKm: 50_000, homeBase },
      });
    });

    it('when the plate is taken, however it is written, then 409 names the other, a retired one too', async () => {
      const { id, plate } = await add();
      const written = `${plate.slice(0, 2).toLowerCase()}–${plate.slice(2, 4)} ${plate.slice(4)}`;
      const refused = await post(buildVehicle({ plate: written }));
      expect([refused.status, refused.body.code]).to.deep.equal([409, 'PLATE_TAKEN']);
      expect(refused.body).to.include({ vehicleId: id });
      await bench.api.delete(`/vehicles/${id}`, desk);
      expect((await post(buildVehicle({ plate: written }))).body).to.include({ code: 'PLATE_TAKEN', vehicleId: id });
      const other = await add();
      expect((await put(other.id, { plate: written })).body).to.include({ code: 'PLATE_TAKEN', vehicleId: id });
    });

    it('when two add the same plate at once, then one of them is refused', async () => {
      const plate = plateNumber();
      const answers = await Promise.all([post(buildVehicle({ plate })), post(buildVehicle({ plate: plate.toLowerCase() }))]);
      expect(answers.map(({ status }) => status).sort()).to.deep.equal([201, 409]);
    });

    it('when it is repeated with its key, then there is one vehicle', async () => {
      const options = { ...desk, headers: { 'idempotency-key': randomUUID() } };
      const body = buildVehicle();
      const [one, again] = [await post(body, options), await post(body, options)];
      expect([again.status, again.body.data.id]).to.deep.equal([201, one.body.data.id]);
    });

    it('when fields are at fault, then 422 with all of them', async () => {
      const faulty = { plate: '--', brand: '', year: 1700, odometerKm: -1, status: 'RETIRED', homeBase: { geo: { lat: 91, lng: 0 } } };
      const { status, body } = await post(faulty);
      expect(status).to.equal(422);
      const paths = ['plate', 'brand', 'model', 'year', 'odometerKm', 'status', 'homeBase.address', 'homeBase.geo.lat'];
      expect(body.errors.map(({ path }) => path)).to.have.members(paths);
    });
  });

  describe('who may', () => {
    const routes: readonly (readonly [string, string, object?])[] = [
      ['GET', ''],
      ['GET', '/:id'],
      ['GET', '/:id/log'],
      ['GET', '/:id/photo'],
      ['POST', '', buildVehicle()],
      ['PUT', '/:id', { model: 'Ducato' }],
      ['DELETE', '/:id'],
      ['POST', '/:id/photo'],
      ['DELETE', '/:id/photo'],
    ];
    const DESK = ['AGENT', 'ADMIN', 'SUPER_ADMIN'];
    const allowed = (method: string, role: string): boolean =>
      DESK.includes(role) || (method === 'GET' && STAFF_ROLES.some((one) => one === role));

    for (const role of [...STAFF_ROLES, 'CUSTOMER_USER', 'CUSTOMER_ADMIN'] as const)
      it(`when it is ${role}, then what it may do is answered and the rest 403`, async () => {
        const customer = role.startsWith('CUSTOMER') ? { customerId: randomUUID() } : {};
        const token = bench.world.tokenFor({ role, ...customer });
        for (const [method, path, body] of routes) {
          const { id } = await add();
          const sent = body === undefined ? undefined : JSON.stringify({ ...body, ...(method === 'POST' ? { plate: plateNumber() } : {}) });
          const headers: Record<string, string> = sent === undefined ? {} : { 'content-type': 'application/json' };
          const answer = await bench.api.request(method, `/vehicles${path.replace(':id', id)}`, sent, { token, headers });
          expect(answer.status === 403, `${method} ${path} answered ${answer.status}`).to.equal(!allowed(method, role));
        }
        expect((await bench.api.get('/vehicles')).status).to.equal(401);
      });

    it('when a technician reads, then the notes of the desk are not there', async () => {
      const { id } = await add({ notes: 'Leased until May' });
      expect(await show(id)).to.include({ notes: 'Leased until May' });
      expect(await show(id, tech)).to.not.have.property('notes');
      const { text } = await bench.api.get('/vehicles?pageSize=100', tech);
      expect(text).to.not.contain('Leased');
    });

    it('when a service asks, then the vehicle comes as events carry it, and nobody else may ask', async () => {
      const { id, plate, version } = await add({ notes: 'Smells of diesel' });
      const token = bench.world.platform.serviceTokens.mint();
      const ask = (tenantId: string, options: object) =>
        bench.api.get(`/internal/vehicles/${id}?tenantId=${tenantId}`, { root: true, ...options });
      const { body } = await ask('default', { token });
      expect(body.data).to.deep.include({ id, plate, version }).and.not.to.have.property('notes');
      expect((await ask('other', { token })).status).to.equal(404);
      expect((await ask('default', desk)).status).to.equal(401);
    });

    it('when another tenant asks, then 404', async () => {
      const { id, plate } = await add();
      const token = bench.world.tokenFor({ role: 'ADMIN', tenantId: 'other' });
      for (const path of ['', '/log', '/photo'])
        expect((await bench.api.get(`/vehicles/${id}${path}`, { token })).body.code).to.equal('VEHICLE_NOT_FOUND');
      expect((await put(id, { model: 'x' }, { token })).status).to.equal(404);
      expect((await bench.api.delete(`/vehicles/${id}`, { token })).status).to.equal(404);
      expect((await post(buildVehicle({ plate }), { token })).status).to.equal(201);
    });
  });

  describe('PUT and DELETE /vehicles/:id', () => {
    it('when fields change, then the others stay and the change is told; the same again is no change', async () => {
      const { id } = await add({ notes: 'Old', year: 2020 });
      const edit = { status: 'IN_SERVICE', notes: null, odometerKm: 40_000 };
      expect((await put(id, edit)).body.data).to.include({ status: 'IN_SERVICE', year: 2020, odometerKm: 40_000, version: 2 });
      expect((await put(id, edit)).body.data.version).to.equal(2);
      expect(await show(id)).to.not.have.property('notes');
      expect(await told(id)).to.deep.equal(['added AVAILABLE 50000', 'updated IN_SERVICE 40000']);
    });

    it('when the version is old, then 412, and 404 for what is not there', async () => {
      const { id } = await add();
      const at = (version: number) => ({ ...desk, headers: { 'if-match': `"${version}"` } });
      expect((await put(id, { model: 'Ducato' }, at(1))).status).to.equal(200);
      expect((await put(id, { model: 'Scudo' }, at(1))).status).to.equal(412);
      expect((await bench.api.delete(`/vehicles/${id}`, at(1))).status).to.equal(412);
      expect((await bench.api.get(`/vehicles/${id}`, desk)).headers.get('etag')).to.equal('"2"');
      expect((await put(randomUUID(), { model: 'Ducato' })).body.code).to.equal('VEHICLE_NOT_FOUND');
    });

    it('when it is retired, again and again, then that is told once, and PUT brings it back', async () => {
      const { id } = await add();
      for (let times = 0; times < 2; times++) expect((await bench.api.delete(`/vehicles/${id}`, desk)).status).to.equal(204);
      expect((await show(id)).status).to.equal('RETIRED');
      expect((await put(id, { status: 'AVAILABLE' })).body.data.status).to.equal('AVAILABLE');
      expect(await told(id)).to.deep.equal(['added AVAILABLE 50000', 'retired RETIRED 50000', 'updated AVAILABLE 50000']);
      expect((await bench.api.delete(`/vehicles/${randomUUID()}`, desk)).status).to.equal(404);
    });
  });

  it('when vehicles are listed, then by status and by words of plate, brand and model, page by page', async () => {
    const model = `M${randomUUID().slice(0, 8)}`;
    const [one, two] = [await add({ model, plate: `ZZ ${model}` }), await add({ model, status: 'IN_SERVICE' })];
    const ids = async (query: string) => (await bench.api.get<Shown[]>(`/vehicles?${query}`, tech)).body.data.map(({ id }) => id);
    expect(await ids(`search=${model}`)).to.deep.equal([two.id, one.id]);
    expect(await ids(`search=${model}&sort=-plate&pageSize=1`)).to.deep.equal([one.id]);
    expect(await ids(`search=${model}&status=IN_SERVICE`)).to.deep.equal([two.id]);
    expect(await ids(`search=${encodeURIComponent(`zz-${model.slice(0, 4)} ${model.slice(4)}`)}`)).to.deep.equal([one.id]);
    expect((await bench.api.get('/vehicles?status=GONE', tech)).status).to.equal(422);
  });

  describe('its photo', () => {
    const picture = (width: number) =>
      sharp({ create: { width, height: 60, channels: 3, background: '#2244cc' } })
        .png()
        .toBuffer();
    const send = async (id: string, width: number) => {
      const form = new FormData();
      form.append('photo', new Blob([new Uint8Array(await picture(width))]), 'van.png');
      return bench.api.request('POST', `/vehicles/${id}/photo`, form, desk);
    };
    const widthOf = async (id: string, query = '') => {
      const url = `${bench.url}/api/v1/vehicles/${id}/photo${query}`;
      const response = await fetch(url, { headers: { authorization: `Bearer ${bench.staff('TECH').token}` } });
      return (await sharp(Buffer.from(await response.arrayBuffer())).metadata()).width;
    };
    const stored = () => bench.world.platform.connection.collection('photos.files').countDocuments();

    it('when one is sent, and another, then the other takes its place, and DELETE removes it', async () => {
      const { id } = await add();
      expect((await bench.api.get(`/vehicles/${id}/photo`, tech)).body.code).to.equal('PHOTO_NOT_FOUND');
      const before = await stored();
      const { status, headers } = await send(id, 800);
      expect([status, headers.get('location')]).to.deep.equal([201, `/api/v1/vehicles/${id}/photo`]);
      expect([await widthOf(id), await widthOf(id, '?size=thumb')]).to.deep.equal([800, 320]);
      const files = await stored();
      expect((await send(id, 640)).status).to.equal(201);
      expect([await widthOf(id), await stored()]).to.deep.equal([640, files]);
      expect((await bench.api.delete(`/vehicles/${id}/photo`, desk)).status).to.equal(204);
      expect([await stored(), (await show(id)).photo]).to.deep.equal([before, undefined]);
      expect((await bench.api.delete(`/vehicles/${id}/photo`, desk)).body.code).to.equal('PHOTO_NOT_FOUND');
    });

    it('when it is no picture, or the vehicle is nowhere, then it is refused', async () => {
      const { id } = await add();
      const form = new FormData();
      form.append('photo', new Blob(['<svg/>']), 'van.svg');
      const refused = await bench.api.request('POST', `/vehicles/${id}/photo`, form, desk);
      expect([refused.status, refused.body.code]).to.deep.equal([415, 'PHOTO_TYPE_NOT_SUPPORTED']);
      expect((await send(randomUUID(), 80)).status).to.equal(404);
    });

    it('when a crash left pictures, then the job keeps the one that a vehicle names and removes the other', async () => {
      const { id } = await add();
      const { body } = await send(id, 80);
      const deps = createDependencies(bench.world.platform, loadAssetsConfig({}));
      const lost = randomUUID();
      const pictures = await deps.preparePhoto(await picture(90));
      await deps.photos.put({ tenantId: 'default', ownerId: id, fileId: lost }, pictures);
      await deps.photos.loosen('default', body.data.id);
      bench.world.clock.advance(2 * 3_600_000);
      await createSweepPhotos(deps)();
      expect(await deps.photos.get('default', lost, 'full')).to.equal(undefined);
      expect(await widthOf(id)).to.equal(80);
    });
  });
});
