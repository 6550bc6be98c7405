import mongoose from 'mongoose';
import type { Collection, GridFSBucket, GridFSFile } from 'mongodb';
import { ensureIndexes } from '@riparo/shared/persistence/indexes';
import type { Clock } from '@riparo/shared/runtime/clock';
import type { Platform } from '@riparo/shared/runtime/platform';
import type { PreparedPhoto, Rendition } from './prepare-photo.js';

export type PhotoSize = 'full' | 'thumb';

/** A picture whose place in its device's document is not certain: it is on its way there or on its way out. */
export interface LooseFile {
  readonly tenantId: string;
  readonly assetId: string;
  readonly photoId: string;
}

/** Pictures in GridFS, so that any instance can serve them. A device's document says which ones there are. */
export interface PhotoStore {
  /** Loose until `settle`. Putting the same photo again replaces it. */
  put(photo: LooseFile, pictures: PreparedPhoto): Promise<void>;
  get(tenantId: string, photoId: string, size: PhotoSize): Promise<Pick<Rendition, 'bytes' | 'contentType'> | undefined>;
  /** The device's document names it. */
  settle(tenantId: string, photoId: string): Promise<void>;
  /** It may be about to go. */
  loosen(tenantId: string, photoId: string): Promise<void>;
  remove(tenantId: string, photoId: string): Promise<void>;
  /** Put or loosened before a moment and never settled. */
  findLoose(before: Date, limit: number): Promise<readonly LooseFile[]>;
  ensureIndexes(): Promise<void>;
}

interface PhotoMetadata extends LooseFile {
  readonly contentType: string;
  readonly looseSince?: Date;
}

const SIZES: readonly PhotoSize[] = ['full', 'thumb'];
// GridFS ids are ObjectIds by type, but any value by specification.
const fileId = (tenantId: string, photoId: string, size: PhotoSize) => `${tenantId}/${photoId}/${size}` as unknown as GridFSFile['_id'];

const write = (bucket: GridFSBucket, id: GridFSFile['_id'], bytes: Buffer, metadata: PhotoMetadata): Promise<void> =>
  new Promise((resolve, reject) => {
    const stream = bucket.openUploadStreamWithId(id, metadata.photoId, { metadata });
    stream.on('finish', resolve).on('error', reject);
    stream.end(bytes);
  });

const read = async (bucket: GridFSBucket, id: GridFSFile['_id']): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of bucket.openDownloadStream(id)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

export const createPhotoStore = ({ connection }: Platform, clock: Clock): PhotoStore => {
  // Made when it is needed: composing a service needs no open connection.
  const bucket = (): GridFSBucket => {
    if (connection.db === undefined) throw new Error('the database is not connected');
    return new mongoose.mongo.GridFSBucket(connection.db, { bucketName: 'photos' });
  };
  const files = connection.collection<GridFSFile & { metadata?: PhotoMetadata }>('photos.files');
  const chunks = connection.collection('photos.chunks');
  const idsOf = (tenantId: string, photoId: string) => SIZES.map((size) => fileId(tenantId, photoId, size));

  const remove: PhotoStore['remove'] = async (tenantId, photoId) => {
    const ids = idsOf(tenantId, photoId);
    // Not through the bucket: it refuses to remove chunks whose file a crash has kept from being written.
    await chunks.deleteMany({ files_id: { $in: ids } });
    await files.deleteMany({ _id: { $in: ids } });
  };

  return {
    remove,
    put: async (photo, pictures) => {
      await remove(photo.tenantId, photo.photoId);
      for (const size of SIZES) {
        const { bytes, contentType } = pictures[size];
        await write(bucket(), fileId(photo.tenantId, photo.photoId, size), bytes, { ...photo, contentType, looseSince: clock.now() });
      }
    },
    get: async (tenantId, photoId, size) => {
      const id = fileId(tenantId, photoId, size);
      const file = await files.findOne({ _id: id });
      if (file === null) return undefined;
      return { bytes: await read(bucket(), id), contentType: file.metadata?.contentType ?? 'application/octet-stream' };
    },
    settle: async (tenantId, photoId) => {
      await files.updateMany({ _id: { $in: idsOf(tenantId, photoId) } }, { $unset: { 'metadata.looseSince': '' } });
    },
    loosen: async (tenantId, photoId) => {
      await files.updateMany({ _id: { $in: idsOf(tenantId, photoId) } }, { $set: { 'metadata.looseSince': clock.now() } });
    },
    findLoose: async (before, limit) => {
      const found = await files
        .find({ 'metadata.looseSince': { $lt: before } })
        .limit(limit)
        .toArray();
      return found.flatMap(({ metadata }) => (metadata === undefined ? [] : [metadata]));
    },
    ensureIndexes: async () => {
      await ensureIndexes(chunks as unknown as Collection, [], [{ key: { files_id: 1, n: 1 }, name: 'files_id_1_n_1', unique: true }]);
      const loose = { 'metadata.looseSince': { $exists: true } };
      await ensureIndexes(
        files as unknown as Collection,
        [],
        [{ key: { 'metadata.looseSince': 1 }, name: 'loose', partialFilterExpression: loose }],
      );
    },
  };
};
