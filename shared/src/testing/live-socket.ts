import { WebSocket } from 'ws';
import { API_PREFIX } from '../http/path.js';
import { eventually } from './eventually.js';

export type LiveMessage = Readonly<Record<string, unknown>> & { readonly type: string; readonly id?: string };

export interface LiveSocket {
  readonly messages: readonly LiveMessage[];
  send(command: unknown): void;
  /** Waits until a message fits. */
  next(fits: (message: LiveMessage) => boolean): Promise<LiveMessage>;
  /** The code with which the server has closed it. */
  readonly closed: Promise<number>;
  close(): void;
  /** Reads nothing any more, as a client does that hangs. */
  pause(): void;
}

/** Opens the WebSocket of live updates; rejects with the status of a refusal. */
export const openSocket = async (baseUrl: string, headers: Readonly<Record<string, string>> = {}): Promise<LiveSocket> => {
  const socket = new WebSocket(`${baseUrl.replace('http', 'ws')}${API_PREFIX}/live`, { headers });
  const messages: LiveMessage[] = [];
  socket.on('message', (data: Buffer) => messages.push(JSON.parse(data.toString()) as LiveMessage));
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  socket.on('error', () => undefined);
  return {
    messages,
    closed,
    send: (command) => socket.send(JSON.stringify(command)),
    next: (fits) => eventually(() => messages.find(fits)),
    close: () => socket.terminate(),
    pause: () => socket.pause(),
  };
};
