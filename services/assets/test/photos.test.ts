import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { buildHeic } from '@riparo/shared/testing/heic';
import sharp from 'sharp';
import { loadAssetsConfig } from '../src/config.js';
import { createSweepPhotos } from '../src/photo/sweep-photos.js';
import { createDependencies } from '../src/dependencies.js';
import { startBench, type Bench, type Somebody } from './bench.js';

const heic = (claimed?: { readonly width: number; readonly height: number }): Buffer =>
  buildHeic({ width: 64, height: 48, colourOf: (column) => [40 + column * 50, 128, 128], ...(claimed === undefined ? {} : { claimed }) });
const picture = (width = 800, height = 600) => sharp({ create: { width, height, channels: 3, background: '#2244cc' } });

describe('Photos of a device', () => {
  let bench: Bench;
  let rossi: Somebody;
  let id: string;
  before(async () => (bench = await startBench()));
  after(() => bench.stop());
  beforeEach(async () => {
    rossi = await bench.customer();
    id = await bench.asset(rossi);
  });

  const send = (bytes: Uint8Array<ArrayBuffer> | Buffer, { token = rossi.token, field = 'photo', headers = {} } = {}) => {
    const form = new FormData();
    form.append(field, new Blob([new Uint8Array(bytes)]), '../../etc/passwd.jpg');
    return bench.api.request('POST', `/assets/${id}/photos`, form, { token, headers });
  };
  const fetchPhoto = async (path: string, token = rossi.token) => {
    const response = await fetch(`${bench.url}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } });
    return { response, bytes: Buffer.from(await response.arrayBuffer()) };
  };
  const photosOf = async () =>
    (await bench.api.get<{ id: string; photos?: { id: string }[] }>(`/assets/${id}`, { token: rossi.token })).body.data.photos ?? [];

  it('when a device is transferred, then its new owner finds nothing of what the earlier one wrote', async () => {
    const secrets = { friendlyName: "Rossi's till", primaryUser: 'Anna Rossi', notes: 'Alarm code Zulu', tags: ['secret'] };
    const own = await bench.asset(rossi, { ...secrets, brand: 'HP', model: 'ProDesk', warrantyEndDate: '2030-01-01' });
    id = own;
    expect((await send(await picture().png().toBuffer())).status).to.equal(201);
    const [photo] = await photosOf();
    const agent = bench.world.tokenFor({ role: 'AGENT' });
    const verdi = await bench.customer();
    const to = { customerId: verdi.customerId, locationId: await bench.location(verdi) };
    const { status } = await bench.api.post(`/assets/${id}/transfer`, to, { token: agent });
    expect(status).to.equal(200);
    const { body, text } = await bench.api.get<object>(`/assets/${id}`, { token: verdi.token });
    expect(body.data).to.include({ friendlyName: 'HP ProDesk', warrantyEndDate: '2030-01-01' });
    for (const secret of ['Rossi', 'Zulu', 'secret', String(photo?.id)]) expect(text).to.not.contain(secret);
    expect((await bench.api.get(`/assets?search=rossi`, { token: verdi.token })).body.data).to.deep.equal([]);
    expect((await bench.api.get(`/assets/${id}/photos/${String(photo?.id)}`, { token: verdi.token })).status).to.equal(404);
  });

  it('when a picture is sent, then it is kept with a thumbnail and without its metadata', async () => {
    const original = await picture()
      .withExif({ IFD0: { Copyright: 'A secret place' }, IFD3: { GPSLatitude: '43/1 33/1 0/1' } })
      .jpeg()
      .toBuffer();
    expect(original.includes('A secret place')).to.equal(true);
    const { status, body, headers } = await send(original);
    expect([status, headers.get('location')]).to.deep.equal([201, `/api/v1/assets/${id}/photos/${body.data.id}`]);
    expect(body.data).to.include({ contentType: 'image/jpeg', width: 800, height: 600 });
    const full = await fetchPhoto(`/assets/${id}/photos/${body.data.id}`);
    expect(full.response.headers.get('content-type')).to.equal('image/jpeg');
    expect(await sharp(full.bytes).metadata())
      .to.include({ width: 800, height: 600 })
      .and.not.have.any.keys('exif', 'icc', 'xmp', 'iptc');
    expect(full.bytes.includes('A secret place')).to.equal(false);
    const thumb = await fetchPhoto(`/assets/${id}/photos/${body.data.id}?size=thumb`);
    expect(await sharp(thumb.bytes).metadata()).to.include({ width: 320, height: 240, format: 'webp' });
    expect((await photosOf()).map((photo) => photo.id)).to.deep.equal([body.data.id]);
  });

  it('when the camera was turned, then the picture is turned as it said', async () => {
    const { body } = await send(await picture(800, 600).withMetadata({ orientation: 6 }).jpeg().toBuffer());
    expect(body.data).to.include({ width: 600, height: 800 });
  });

  it('when PNG or WebP comes from a technician or the desk, then it is taken', async () => {
    expect((await send(await picture().png().toBuffer(), { token: bench.staff('TECH').token })).body.data).to.include({
      contentType: 'image/png',
    });
    expect((await send(await picture().webp().toBuffer(), { token: bench.staff().token })).body.data).to.include({
      contentType: 'image/webp',
    });
  });

  it('when a phone sends HEIC, then a JPEG is kept that every browser shows', async () => {
    const { status, body, text } = await send(heic());
    expect(status, text).to.equal(201);
    expect(body.data).to.include({ contentType: 'image/jpeg', width: 64, height: 48 });
    const { bytes } = await fetchPhoto(`/assets/${id}/photos/${body.data.id}`);
    const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
    expect(info).to.include({ format: 'raw', width: 64, height: 48 });
    const brightness = (x: number, y: number) => data[(y * info.width + x) * info.channels + 1]!;
    // Its blocks get brighter to the right.
    expect(brightness(8, 8)).to.be.below(brightness(24, 8)).and.below(brightness(56, 40));
    const thumb = await fetchPhoto(`/assets/${id}/photos/${body.data.id}?size=thumb`);
    expect(await sharp(thumb.bytes).metadata()).to.include({ format: 'webp', width: 64, height: 48 });
  });

  describe('refuses', () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
    const table: readonly [string, () => Promise<Buffer> | Buffer, number, string][] = [
      ['SVG', () => Buffer.from(svg), 415, 'PHOTO_TYPE_NOT_SUPPORTED'],
      ['HTML', () => Buffer.from('<!doctype html><html><script>1</script></html>'), 415, 'PHOTO_TYPE_NOT_SUPPORTED'],
      ['GIF', () => picture(5, 5).gif().toBuffer(), 415, 'PHOTO_TYPE_NOT_SUPPORTED'],
      ['nothing', () => Buffer.alloc(0), 415, 'PHOTO_TYPE_NOT_SUPPORTED'],
      ['a HEIC that breaks off', () => heic().subarray(0, 700), 422, 'VALIDATION_FAILED'],
      ['a HEIC that is none inside', () => Buffer.concat([heic().subarray(0, 24), Buffer.alloc(500, 7)]), 422, 'VALIDATION_FAILED'],
      ['a HEIC that would unfold to 400 megapixels', () => heic({ width: 20_000, height: 20_000 }), 413, 'PHOTO_TOO_MANY_PIXELS'],
      ['a JPEG that breaks off', async () => (await picture().jpeg().toBuffer()).subarray(0, 300), 422, 'VALIDATION_FAILED'],
      ['60 megapixels', () => picture(10_000, 6_000).png().toBuffer(), 413, 'PHOTO_TOO_MANY_PIXELS'],
      ['more than 10 MiB', () => Buffer.alloc(10 * 1024 * 1024 + 1, 0xff), 413, 'PAYLOAD_TOO_LARGE'],
    ];
    for (const [what, bytes, status, code] of table) {
      it(`when it is ${what}, then ${status} ${code}`, async () => {
        const answer = await send(await bytes());
        expect([answer.status, answer.body.code]).to.deep.equal([status, code]);
        expect(await photosOf()).to.deep.equal([]);
      });
    }

    it('when the field is another or the body no form, then 422 or 415', async () => {
      expect((await send(await picture().jpeg().toBuffer(), { field: 'file' })).body.code).to.equal('VALIDATION_FAILED');
      expect((await bench.api.post(`/assets/${id}/photos`, { photo: 'x' }, { token: rossi.token })).status).to.equal(415);
      expect((await bench.api.post(`/assets/${id}/photos`, undefined, { token: rossi.token })).status).to.equal(415);
    });

    it('when it is the 21st, then PHOTO_LIMIT_REACHED', async () => {
      const small = await picture(8, 8).png().toBuffer();
      const answers = await Promise.all(Array.from({ length: 21 }, () => send(small)));
      expect(answers.filter(({ status }) => status === 201)).to.have.length(20);
      expect(answers.find(({ status }) => status !== 201)?.body.code).to.equal('PHOTO_LIMIT_REACHED');
    });
  });

  it('when a script hides behind a real picture, then it is not served', async () => {
    const polyglot = Buffer.concat([await picture(8, 8).png().toBuffer(), Buffer.from('<script>alert(1)</script>')]);
    const { body } = await send(polyglot);
    const { bytes, response } = await fetchPhoto(`/assets/${id}/photos/${body.data.id}`);
    expect(bytes.includes('<script>')).to.equal(false);
    expect(response.headers.get('x-content-type-options')).to.equal('nosniff');
  });

  it('when repeated with its Idempotency-Key, then makes one; with another picture 422', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const [one, other] = [await picture(8, 8).png().toBuffer(), await picture(9, 9).png().toBuffer()];
    const [first, again] = [await send(one, { headers }), await send(one, { headers })];
    expect(again.body.data.id).to.equal(first.body.data.id);
    expect((await send(other, { headers })).body.code).to.equal('IDEMPOTENCY_KEY_REUSED');
    expect(await photosOf()).to.have.length(1);
  });

  it('when a photo is deleted, then it is gone, and for another customer it never existed', async () => {
    const photo = (await send(await picture(8, 8).png().toBuffer())).body.data.id;
    const path = `/assets/${id}/photos/${photo}`;
    const other = await bench.customer();
    expect((await bench.api.get(path, { token: other.token })).body.code).to.equal('ASSET_NOT_FOUND');
    expect((await bench.api.delete(path, { token: other.token })).body.code).to.equal('ASSET_NOT_FOUND');
    const elsewhere = await bench.asset(other);
    expect((await bench.api.get(`/assets/${elsewhere}/photos/${photo}`, { token: other.token })).body.code).to.equal('PHOTO_NOT_FOUND');
    expect((await bench.api.delete(path, { token: rossi.token })).status).to.equal(204);
    expect((await bench.api.get(path, { token: rossi.token })).body.code).to.equal('PHOTO_NOT_FOUND');
  });

  it('when a crash left a photo behind, then it is swept away, and nothing else is', async () => {
    const store = createDependencies(bench.world.platform, loadAssetsConfig({}));
    const bytes = await picture(8, 8).png().toBuffer();
    const kept = (await send(bytes)).body.data.id;
    const orphan = randomUUID();
    await store.photos.put({ tenantId: 'default', ownerId: id, fileId: orphan }, await store.preparePhoto(bytes));
    // A removal that died after its first step.
    await store.photos.loosen('default', kept);
    const sweep = createSweepPhotos(store);
    await sweep();
    expect(await store.photos.get('default', orphan, 'full')).not.to.equal(undefined);
    bench.world.clock.advance(3_600_001);
    await sweep();
    expect(await store.photos.get('default', orphan, 'full')).to.equal(undefined);
    expect(await store.photos.get('default', kept, 'full')).not.to.equal(undefined);
    expect(await store.photos.findLoose(new Date('2100-01-01'), 10)).to.deep.equal([]);
  });
});
