import { parentPort, workerData } from 'node:worker_threads';
import heicDecode from 'heic-decode';

/** What the thread is given. */
export interface HeicJob {
  readonly bytes: Uint8Array;
  readonly maxPixels: number;
}

/** What it answers; it fails for what it cannot read. */
export type HeicAnswer = { readonly tooLarge: true } | { readonly width: number; readonly height: number; readonly pixels: Uint8Array };

const decode = async ({ bytes, maxPixels }: HeicJob): Promise<HeicAnswer> => {
  const images = await heicDecode.all({ buffer: bytes });
  const [first] = images;
  if (first === undefined) throw new Error('no picture in it');
  // The size is known before a pixel is decoded.
  if (first.width * first.height > maxPixels) return { tooLarge: true };
  const { width, height, data } = await first.decode();
  return { width, height, pixels: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
};

const answer = await decode(workerData as HeicJob);
parentPort?.postMessage(answer, 'pixels' in answer ? [answer.pixels.buffer as ArrayBuffer] : []);
