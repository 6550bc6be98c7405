import { createServer, type AddressInfo } from 'node:net';
import { eventually } from '@riparo/shared/testing/eventually';

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
      .once('error', () => {
        resolve(false);
      })
      .listen(port, '127.0.0.1', () =>
        server.close(() => {
          resolve(true);
        }),
      );
  });

/** A port that nobody listens on. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
      .once('error', reject)
      .listen(0, '127.0.0.1', () => {
        const { port } = server.address() as AddressInfo;
        server.close(() => {
          resolve(port);
        });
      });
  });

const areFree = async (base: number, count: number): Promise<boolean> =>
  (await Promise.all(Array.from({ length: count }, (_, index) => isFree(base + index)))).every(Boolean);

/** The first of `count` free ports in a row, below the range that systems hand out by themselves. */
export const freePortRange = async (count: number): Promise<number> => {
  for (let base = 20_000 + (process.pid % 100) * 100; base < 32_000; base += count) {
    if (await areFree(base, count)) return base;
  }
  throw new Error(`no ${count} free ports in a row`);
};

/** Resolves when nobody listens there any more: what was killed lives on for some milliseconds. */
export const portsBecomeFree = (base: number, count: number): Promise<true> => eventually(() => areFree(base, count));
