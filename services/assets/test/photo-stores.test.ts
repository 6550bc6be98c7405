import { expect } from 'chai';
import type { FileStore } from '@riparo/shared/files/file-store';
import { createFileStore } from '@riparo/shared/files/file-store';
import { createTestPlatform, type TestPlatform } from '@riparo/shared/testing/test-platform';
import { createCloudinaryStore } from '../src/photo/cloudinary-store.js';
import { createPhotoStore } from '../src/photo/photo.store.js';
import { startFakeCloudinary, type FakeCloudinary } from './fake-cloudinary.js';

type Size = 'full' | 'thumb';
const parts = ['full', 'thumb'] as const;
const FILE = { tenantId: 'default', fileId: 'photo-1', ownerId: 'asset-1' };
const pictures = (text = 'large') => ({
  full: { bytes: Buffer.from(text), contentType: 'image/jpeg' },
  thumb: { bytes: Buffer.from('small'), contentType: 'image/webp' },
});

describe('stores of photos', () => {
  let world: TestPlatform;
  let fake: FakeCloudinary;

  const STORES: Readonly<Record<string, () => FileStore<Size>>> = {
    GridFS: () => createFileStore({ ...world.platform, bucket: 'photos', parts }),
    Cloudinary: () => createCloudinaryStore({ ...world.platform, url: fake.url, folder: 'photos', parts }),
    'Cloudinary, with older photos in GridFS': () => createPhotoStore(world.platform, world.clock, fake.url),
  };

  before(() => {
    // The library decides between HTTP and HTTPS once, when it is loaded, by its own variable.
    process.env.CLOUDINARY_URL = 'cloudinary://key:secret@demo?upload_prefix=http://127.0.0.1:1';
  });
  after(() => {
    delete process.env.CLOUDINARY_URL;
  });
  beforeEach(async () => {
    fake = await startFakeCloudinary();
    world = await createTestPlatform({ service: 'assets', now: '2026-03-02T10:00:00.000Z' });
  });
  afterEach(async () => {
    await world.stop();
    await fake.stop();
  });

  for (const [name, create] of Object.entries(STORES)) {
    describe(name, () => {
      let store: FileStore<Size>;
      const text = async (part: Size, tenantId = FILE.tenantId, fileId = FILE.fileId) => {
        const found = await store.get(tenantId, fileId, part);
        return found === undefined ? undefined : [found.bytes.toString(), found.contentType];
      };
      const loose = async () =>
        (await store.findLoose(world.clock.now(), 10)).map(({ tenantId, fileId, ownerId }) => [tenantId, fileId, ownerId]);
      beforeEach(async () => {
        store = create();
        await store.ensureIndexes();
      });

      it('when a file was put, then each part comes back with its type', async () => {
        await store.put(FILE, pictures());
        expect(await text('full')).to.deep.equal(['large', 'image/jpeg']);
        expect(await text('thumb')).to.deep.equal(['small', 'image/webp']);
      });

      it('when another file or tenant is asked for, then nothing is there', async () => {
        await store.put(FILE, pictures());
        expect(await text('full', 'default', 'photo-2')).to.equal(undefined);
        expect(await text('full', 'elsewhere')).to.equal(undefined);
        await store.remove('elsewhere', FILE.fileId);
        expect(await text('full')).to.deep.equal(['large', 'image/jpeg']);
      });

      it('when a file is put again, then it is replaced', async () => {
        await store.put(FILE, pictures());
        await store.put(FILE, pictures('larger'));
        expect(await text('full')).to.deep.equal(['larger', 'image/jpeg']);
      });

      it('when a file is removed, also twice, then it is gone for good', async () => {
        await store.put(FILE, pictures());
        await store.remove(FILE.tenantId, FILE.fileId);
        await store.remove(FILE.tenantId, FILE.fileId);
        expect(await text('full')).to.equal(undefined);
        expect([...fake.files]).to.deep.equal([]);
      });

      it('when a file is confirmed, then it is not loose, and once loosened it is again', async () => {
        await store.put(FILE, pictures());
        expect(await loose()).to.deep.equal([]);
        world.clock.advance(1_000);
        const found = await loose();
        expect(found.length).to.be.greaterThan(0);
        for (const one of found) expect(one).to.deep.equal(['default', 'photo-1', 'asset-1']);
        await store.confirm(FILE.tenantId, FILE.fileId);
        expect(await loose()).to.deep.equal([]);
        await store.loosen(FILE.tenantId, FILE.fileId);
        world.clock.advance(1_000);
        expect((await loose()).length).to.be.greaterThan(0);
      });

      it('when several come at once, then they are kept apart', async () => {
        const ids = Array.from({ length: 6 }, (_, index) => `photo-${index}`);
        await Promise.all(ids.map((fileId) => store.put({ ...FILE, fileId }, pictures(fileId))));
        for (const fileId of ids) expect((await text('full', 'default', fileId))?.[0]).to.equal(fileId);
      });
    });
  }

  it('when Cloudinary is away, then files are unavailable, and what it did not take is loose', async () => {
    const store = createPhotoStore(world.platform, world.clock, fake.url);
    await store.put(FILE, pictures());
    fake.broken = true;
    const refused = await store.put({ ...FILE, fileId: 'photo-2' }, pictures()).catch((error: unknown) => error);
    expect(refused).to.include({ kind: 'unavailable' });
    expect(await store.get('default', 'photo-1', 'full').catch((error: unknown) => error)).to.include({ kind: 'unavailable' });
    expect(await store.remove('default', 'photo-1').catch((error: unknown) => error)).to.include({ kind: 'unavailable' });
    world.clock.advance(1_000);
    expect((await store.findLoose(world.clock.now(), 10)).map(({ fileId }) => fileId)).to.include.members(['photo-1', 'photo-2']);
    fake.broken = false;
    for (const fileId of ['photo-1', 'photo-2']) await store.remove('default', fileId);
    expect(await store.findLoose(world.clock.now(), 10)).to.deep.equal([]);
  });

  it('when photos are older than Cloudinary, then they are still shown and removed', async () => {
    const before = createPhotoStore(world.platform, world.clock);
    await before.put(FILE, pictures());
    const now = createPhotoStore(world.platform, world.clock, fake.url);
    expect((await now.get('default', 'photo-1', 'thumb'))?.bytes.toString()).to.equal('small');
    await now.remove('default', 'photo-1');
    expect(await before.get('default', 'photo-1', 'thumb')).to.equal(undefined);
  });
});
