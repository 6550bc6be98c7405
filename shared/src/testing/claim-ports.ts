import { createServer, type Server } from 'node:net';

/** Below the range that systems hand out by themselves, so that no connection of anybody takes a port that is free for a moment. */
const FIRST = 20_000;
const LAST = 32_000;
/** Ranges begin at multiples of it: two of different lengths never overlap. */
const ROOM = 50;
const ROOMS = (LAST - FIRST) / ROOM;

const listenOn = (port: number): Promise<Server | undefined> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(undefined);
    });
    server.listen(port, '127.0.0.1', () => {
      resolve(server);
    });
  });

const isFree = async (port: number): Promise<boolean> => {
  const server = await listenOn(port);
  if (server === undefined) return false;
  return new Promise((resolve) =>
    server.close(() => {
      resolve(true);
    }),
  );
};

/** Whether nobody listens on any of `count` ports in a row. */
export const areFree = async (base: number, count: number): Promise<boolean> =>
  (await Promise.all(Array.from({ length: count }, (_, index) => isFree(base + index)))).every(Boolean);

/**
 * The first of `count` free ports in a row that are this process's until it ends, also while nobody listens on them, as
 * between a kill and a restart: the process listens on the port in front of them, which only one process can.
 */
export const claimPorts = async (count: number): Promise<number> => {
  if (count >= ROOM) throw new RangeError(`at most ${ROOM - 1} ports in a row`);
  for (let turn = 0; turn < ROOMS; turn++) {
    const front = FIRST + ((process.pid + turn) % ROOMS) * ROOM;
    const guard = await listenOn(front);
    if (guard === undefined) continue;
    guard.unref();
    if (await areFree(front + 1, count)) return front + 1;
    guard.close();
  }
  throw new Error(`no ${count} free ports in a row`);
};
