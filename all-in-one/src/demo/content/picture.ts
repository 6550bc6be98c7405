import { crc32, deflateSync } from 'node:zlib';

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
};

const WIDTH = 640;
const HEIGHT = 400;

/** A PNG of a blue screen with a white bar, as a photo of a screen that says nothing more. */
export const pictureOfScreen = (): Buffer => {
  const row = (y: number): Buffer => {
    const line = Buffer.alloc(1 + 3 * WIDTH);
    for (let x = 0; x < WIDTH; x++) {
      const isBar = y > 150 && y < 190 && x > 80 && x < 400;
      line.set(isBar ? [240, 240, 240] : [10, 60 + (y >> 3), 140 + (x >> 4)], 1 + 3 * x);
    }
    return line;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: HEIGHT }, (_, y) => row(y))));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
};
