import { createFileStore, type FileStore } from '@riparo/shared/files/file-store';
import type { Clock } from '@riparo/shared/runtime/clock';
import type { Platform } from '@riparo/shared/runtime/platform';

export type PhotoSize = 'full' | 'thumb';

/** Pictures of devices; a device's document says which ones there are. */
export type PhotoStore = FileStore<PhotoSize>;

export const createPhotoStore = ({ connection }: Platform, clock: Clock): PhotoStore =>
  createFileStore({ connection, clock, bucket: 'photos', parts: ['full', 'thumb'] });
