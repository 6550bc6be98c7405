import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { MAX_PIXELS, tooManyPixels, unreadable, type Pixels } from './picture.js';
import type { HeicAnswer, HeicJob } from './heic-worker.js';

/** Media types of phone photos. Image libraries ship without a decoder for them because of the patents on the codec. */
const TYPES: readonly string[] = ['image/heic', 'image/heif'];

export const isHeic = (mediaType: string | undefined): boolean => mediaType !== undefined && TYPES.includes(mediaType);

/** The largest photos take some seconds; a file that takes 30 s was made to take long. */
const TIMEOUT_MS = 30_000;

/**
 * Decodes a HEIC photo to upright pixels. libheif runs as WebAssembly in a thread of its own, which ends after the
 * photo: neither the photo's cost nor an attack in a crafted file reaches the rest of the process. Throws as
 * `renderPicture` does. The caller lets one photo in at a time.
 */
export const decodeHeic = async (bytes: Buffer, field: string): Promise<Pixels> => {
  const job: HeicJob = { bytes, maxPixels: MAX_PIXELS };
  const worker = new Worker(new URL('./heic-worker.js', import.meta.url), { workerData: job, stdout: true, stderr: true });
  try {
    const [answer] = (await once(worker, 'message', { signal: AbortSignal.timeout(TIMEOUT_MS) })) as [HeicAnswer];
    if ('tooLarge' in answer) throw tooManyPixels();
    const { width, height, pixels } = answer;
    return { data: Buffer.from(pixels.buffer, pixels.byteOffset, pixels.byteLength), width, height };
  } catch (error) {
    throw error instanceof Error && 'code' in error && error.code === 'PHOTO_TOO_MANY_PIXELS' ? error : unreadable(field, error);
  } finally {
    await worker.terminate();
  }
};
