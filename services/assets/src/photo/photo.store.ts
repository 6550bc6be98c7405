import { createFileStore, type FileStore } from '@riparo/shared/files/file-store';
import type { Clock } from '@riparo/shared/runtime/clock';
import type { Platform } from '@riparo/shared/composition/platform';
import { createCloudinaryStore } from './cloudinary-store.js';

export type PhotoSize = 'full' | 'thumb';

/** Pictures of devices and vehicles; the document of each says which ones there are. */
export type PhotoStore = FileStore<PhotoSize>;

/** New pictures go to `now`; those of the time before it are still read from, and removed from, `before`. */
const createSuccession = (now: PhotoStore, before: PhotoStore): PhotoStore => {
  const inBoth = async (act: (store: PhotoStore) => Promise<unknown>): Promise<void> => {
    for (const store of [now, before]) await act(store);
  };
  return {
    put: (file, parts) => now.put(file, parts),
    get: async (...what) => (await now.get(...what)) ?? before.get(...what),
    confirm: (...what) => inBoth((store) => store.confirm(...what)),
    loosen: (...what) => inBoth((store) => store.loosen(...what)),
    remove: (...what) => inBoth((store) => store.remove(...what)),
    findLoose: async (...what) => [...(await now.findLoose(...what)), ...(await before.findLoose(...what))],
    ensureIndexes: () => inBoth((store) => store.ensureIndexes()),
  };
};

/** GridFS, or Cloudinary where there is an account. */
export const createPhotoStore = ({ connection }: Platform, clock: Clock, cloudinaryUrl?: string): PhotoStore => {
  const parts = ['full', 'thumb'] as const;
  const gridFs = createFileStore({ connection, clock, bucket: 'photos', parts });
  if (cloudinaryUrl === undefined) return gridFs;
  return createSuccession(createCloudinaryStore({ connection, clock, url: cloudinaryUrl, folder: 'photos', parts }), gridFs);
};
