import { parentPort, workerData } from 'node:worker_threads';
import heicDecode from 'heic-decode';

/** The thread's input. */
export interface HeicJob {
  readonly bytes: Uint8Array;
  readonly maxPixels: number;
}

/** The thread's answer. The thread fails on a file that it cannot read. */
export type HeicAnswer = { readonly tooLarge: true } | { readonly width: number; readonly height: number; readonly pixels: Uint8Array };

const decode = async ({ bytes, maxPixels }: HeicJob): Promise<HeicAnswer> => {
  const images = await heicDecode.all({ buffer: bytes });
  const [first] = images;
  if (first === undefined) throw new Error('no picture in it');
  // The size is checked before any pixel is decoded.
  if (first.width * first.height > maxPixels) return { tooLarge: true };
  const { width, height, data } = await first.decode();
  return { width, height, pixels: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
};

const answer = await decode(workerData as HeicJob);
parentPort?.postMessage(answer, 'pixels' in answer ? [answer.pixels.buffer as ArrayBuffer] : []);
