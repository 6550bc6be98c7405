import type { UploadApiOptions } from 'cloudinary';
import type { Document } from 'mongodb';
import type { Connection } from 'mongoose';
import { collectionOf } from '@riparo/shared/persistence/collection';
import { unavailable } from '@riparo/shared/errors/common-errors';
import type { FilePart, FileStore, LooseFile } from '@riparo/shared/files/file-store';
import { ensureIndexes } from '@riparo/shared/persistence/indexes';
import type { Clock } from '@riparo/shared/runtime/clock';

interface Account {
  readonly cloud_name: string;
  readonly api_key: string;
  readonly api_secret: string;
  /** Where the API is, for accounts of another region. */
  readonly upload_prefix?: string;
}

/** `cloudinary://<key>:<secret>@<cloud>`, as Cloudinary's console shows it; `?upload_prefix=` names another address. */
const accountOf = (url: string): Account => {
  const { username, password, hostname, searchParams } = new URL(url);
  const prefix = searchParams.get('upload_prefix');
  return {
    cloud_name: hostname,
    api_key: decodeURIComponent(username),
    api_secret: decodeURIComponent(password),
    ...(prefix === null ? {} : { upload_prefix: prefix }),
  };
};

export interface CloudinaryStoreOptions<P extends string> {
  readonly connection: Connection;
  readonly clock: Clock;
  /** `CLOUDINARY_URL`. */
  readonly url: string;
  /** Folder in the account, and name of the collection that says what lies there. */
  readonly folder: string;
  readonly parts: readonly P[];
}

interface Placed extends Document, LooseFile {
  _id: string;
  readonly contentTypes: Readonly<Record<string, string>>;
  readonly looseSince?: Date;
}

/** No thumbnail and no address that works without a signature: who may see a photo is decided here. */
const HIDDEN = { type: 'authenticated', resource_type: 'image' } as const;
const TIMEOUT_MS = 20_000;
/** Long enough for the one fetch that follows, in seconds. */
const LINK_S = 60;

const away = (cause: unknown): Error => Object.assign(unavailable('The store of pictures'), { cause });

/** Loaded with the first picture: nobody else needs it. */
const library = async () => (await import('cloudinary')).v2;

/** Cloudinary's word for a media type. */
const formatOf = (contentType: string): string => contentType.replace('image/', '').replace('jpeg', 'jpg');

/** Files at Cloudinary. What lies there is written down here first, so that nothing that a crash leaves is ever forgotten. */
export const createCloudinaryStore = <P extends string>(options: CloudinaryStoreOptions<P>): FileStore<P> => {
  const { connection, clock, folder, parts: allParts } = options;
  const account = accountOf(options.url);
  const placed = collectionOf<Placed>(connection, `${folder}.cloudinary`);
  const idOf = (tenantId: string, fileId: string): string => `${tenantId}/${fileId}`;
  const publicId = (id: string, part: P): string => `${folder}/${id}/${part}`;

  const upload = async (id: string, part: P, { bytes, contentType }: FilePart): Promise<void> => {
    const { uploader } = await library();
    return new Promise((resolve, reject) => {
      const how: UploadApiOptions & Account = {
        ...account,
        ...HIDDEN,
        public_id: publicId(id, part),
        format: formatOf(contentType),
        overwrite: true,
        timeout: TIMEOUT_MS,
      };
      const stream = uploader.upload_stream(how, (error) => {
        if (error === undefined) resolve();
        else reject(away(error));
      });
      stream.on('error', (error: unknown) => reject(away(error)));
      stream.end(bytes);
    });
  };

  const destroy = async (id: string, part: P): Promise<void> => {
    const { uploader } = await library();
    const how = { ...account, ...HIDDEN, invalidate: true };
    let result: unknown;
    try {
      ({ result } = (await uploader.destroy(publicId(id, part), how)) as { readonly result?: string });
    } catch (error) {
      throw away(error);
    }
    // "not found" is as good: it may be the second try.
    if (result !== 'ok' && result !== 'not found') throw away(result);
  };

  const download = async (link: string): Promise<Response> => {
    try {
      return await fetch(link, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    } catch (error) {
      throw away(error);
    }
  };

  const remove: FileStore<P>['remove'] = async (tenantId, fileId) => {
    const id = idOf(tenantId, fileId);
    if ((await placed.findOne({ _id: id })) === null) return;
    for (const part of allParts) await destroy(id, part);
    await placed.deleteOne({ _id: id });
  };

  return {
    remove,
    put: async (file, parts) => {
      const id = idOf(file.tenantId, file.fileId);
      const given = allParts.flatMap((part) => (parts[part] === undefined ? [] : [[part, parts[part]] as const]));
      const contentTypes = Object.fromEntries(given.map(([part, { contentType }]) => [part, contentType]));
      await placed.replaceOne({ _id: id }, { ...file, contentTypes, looseSince: clock.now() }, { upsert: true });
      for (const [part, content] of given) await upload(id, part, content);
    },
    get: async (tenantId, fileId, part) => {
      const id = idOf(tenantId, fileId);
      const contentType = (await placed.findOne({ _id: id }))?.contentTypes[part];
      if (contentType === undefined) return undefined;
      const expires = { expires_at: Math.floor(clock.now().getTime() / 1000) + LINK_S };
      const { utils } = await library();
      const link = utils.private_download_url(publicId(id, part), formatOf(contentType), { ...account, ...HIDDEN, ...expires });
      const response = await download(link);
      if (response.status === 404) return undefined;
      if (!response.ok) throw away(response.status);
      return { bytes: Buffer.from(await response.arrayBuffer()), contentType };
    },
    confirm: async (tenantId, fileId) => {
      await placed.updateOne({ _id: idOf(tenantId, fileId) }, { $unset: { looseSince: '' } });
    },
    loosen: async (tenantId, fileId) => {
      await placed.updateOne({ _id: idOf(tenantId, fileId) }, { $set: { looseSince: clock.now() } });
    },
    findLoose: (before, limit) =>
      placed
        .find({ looseSince: { $lt: before } }, { projection: { _id: 0, tenantId: 1, fileId: 1, ownerId: 1 } })
        .sort({ looseSince: 1 })
        .limit(limit)
        .toArray(),
    ensureIndexes: () =>
      ensureIndexes(placed, [], [{ key: { looseSince: 1 }, name: 'loose', partialFilterExpression: { looseSince: { $exists: true } } }]),
  };
};
