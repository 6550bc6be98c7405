import type { Collection, GridFSBucket, GridFSFile } from 'mongodb';
import mongoose, { type Connection } from 'mongoose';
import { ensureIndexes } from '../persistence/indexes.js';
import type { Clock } from '../runtime/clock.js';

/** A file on its way in or out: its owner's document may name it, or may not. */
export interface LooseFile {
  readonly tenantId: string;
  readonly fileId: string;
  /** Id of the owner, the document that will name the file, where the id is known beforehand. */
  readonly ownerId?: string;
}

export interface FilePart {
  readonly bytes: Buffer;
  /** Media type, such as `image/jpeg`. */
  readonly contentType: string;
}

/**
 * Stores files in GridFS, so that every instance can serve them. A file can have several parts, such as a picture and
 * its thumbnail. Which files exist is decided by the documents that name them, their owners. The file is written before
 * its owner and removed after its owner; in between the file is *loose*. A crash can leave loose files: `findLoose`
 * finds them, and the service's sweep confirms or removes them.
 */
export interface FileStore<P extends string> {
  /** The file is loose until `confirm`. A second `put` of the same file replaces it. */
  put(file: LooseFile, parts: Readonly<Partial<Record<P, FilePart>>>): Promise<void>;
  get(tenantId: string, fileId: string, part: P): Promise<FilePart | undefined>;
  /** Ends the loose state: the owner's document names the file. */
  confirm(tenantId: string, fileId: string): Promise<void>;
  /** Makes the file loose again, before the owner's document drops its name. */
  loosen(tenantId: string, fileId: string): Promise<void>;
  remove(tenantId: string, fileId: string): Promise<void>;
  /** Files that became loose before a moment and were not confirmed since. */
  findLoose(before: Date, limit: number): Promise<readonly LooseFile[]>;
  ensureIndexes(): Promise<void>;
}

export interface FileStoreOptions<P extends string> {
  readonly connection: Connection;
  readonly clock: Clock;
  /** Name of the GridFS bucket in the service's database. */
  readonly bucket: string;
  readonly parts: readonly P[];
}

interface Metadata extends LooseFile {
  readonly contentType: string;
  readonly looseSince?: Date;
}

const write = (bucket: GridFSBucket, id: GridFSFile['_id'], bytes: Buffer, metadata: Metadata): Promise<void> =>
  new Promise((resolve, reject) => {
    const stream = bucket.openUploadStreamWithId(id, metadata.fileId, { metadata });
    stream.on('finish', resolve).on('error', reject);
    stream.end(bytes);
  });

const read = async (bucket: GridFSBucket, id: GridFSFile['_id']): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of bucket.openDownloadStream(id)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

export const createFileStore = <P extends string>(options: FileStoreOptions<P>): FileStore<P> => {
  const { connection, clock, bucket: bucketName, parts: allParts } = options;
  // The bucket is made at its first use: a service can be composed without an open connection.
  const bucket = (): GridFSBucket => {
    if (connection.db === undefined) throw new Error('the database is not connected');
    return new mongoose.mongo.GridFSBucket(connection.db, { bucketName });
  };
  const files = connection.collection<GridFSFile & { metadata?: Metadata }>(`${bucketName}.files`);
  const chunks = connection.collection(`${bucketName}.chunks`);
  // The driver types GridFS ids as ObjectIds; the GridFS specification allows any value.
  const partId = (tenantId: string, fileId: string, part: P) => `${tenantId}/${fileId}/${part}` as unknown as GridFSFile['_id'];
  const idsOf = (tenantId: string, fileId: string) => allParts.map((part) => partId(tenantId, fileId, part));

  const remove: FileStore<P>['remove'] = async (tenantId, fileId) => {
    const ids = idsOf(tenantId, fileId);
    // Deletes directly: the bucket refuses to remove chunks whose file document was never written because of a crash.
    await chunks.deleteMany({ files_id: { $in: ids } });
    await files.deleteMany({ _id: { $in: ids } });
  };

  return {
    remove,
    put: async (file, parts) => {
      await remove(file.tenantId, file.fileId);
      for (const part of allParts) {
        const content = parts[part];
        if (content === undefined) continue;
        const metadata = { ...file, contentType: content.contentType, looseSince: clock.now() };
        await write(bucket(), partId(file.tenantId, file.fileId, part), content.bytes, metadata);
      }
    },
    get: async (tenantId, fileId, part) => {
      const id = partId(tenantId, fileId, part);
      const found = await files.findOne({ _id: id });
      if (found === null) return undefined;
      return { bytes: await read(bucket(), id), contentType: found.metadata?.contentType ?? 'application/octet-stream' };
    },
    confirm: async (tenantId, fileId) => {
      await files.updateMany({ _id: { $in: idsOf(tenantId, fileId) } }, { $unset: { 'metadata.looseSince': '' } });
    },
    loosen: async (tenantId, fileId) => {
      await files.updateMany({ _id: { $in: idsOf(tenantId, fileId) } }, { $set: { 'metadata.looseSince': clock.now() } });
    },
    findLoose: async (before, limit) => {
      const found = await files
        .find({ 'metadata.looseSince': { $lt: before } })
        .sort({ 'metadata.looseSince': 1 })
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
