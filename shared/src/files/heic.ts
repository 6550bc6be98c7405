import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { MAX_PIXELS, tooManyPixels, unreadable, type Pixels } from './picture.js';
import type { HeicAnswer, HeicJob } from './heic-worker.js';

/** What phones call their photos; image libraries leave these out of what they ship, for the patents on their codec. */
const TYPES: readonly string[] = ['image/heic', 'image/heif'];

export const isHeic = (mediaType: string | undefined): boolean => mediaType !== undefined && TYPES.includes(mediaType);

/** The largest photos take some seconds; what takes longer was made to. In ms. */
const TIMEOUT_MS = 30_000;

/**
 * The pixels of a HEIC photo, upright, decoded by libheif as WebAssembly in a thread of its own that ends with it: neither
 * what it costs nor what a crafted file may do to it reaches anybody else. Throws as `renderPicture` does. Callers take
 * turns.
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
