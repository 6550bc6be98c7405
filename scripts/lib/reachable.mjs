import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Whether something accepts TCP connections there. */
export const isReachable = (port, host = '127.0.0.1') =>
  new Promise((resolve) => {
    const socket = connect({ port, host, timeout: 2_000 });
    const end = (answer) => () => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', end(true)).once('timeout', end(false)).once('error', end(false));
  });

/** Asks again and again until `probe` resolves to true; resolves to false when `isOver()` says to give up. */
export const waitFor = async (probe, isOver = () => false) => {
  while (!isOver()) {
    if (await probe()) return true;
    await pause(50);
  }
  return false;
};

/** Whether a GET of that address answers 200. */
export const answersOk = async (url) => {
  try {
    const { status } = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    return status === 200;
  } catch {
    // Not listening yet, or too busy: the caller asks again.
    return false;
  }
};
