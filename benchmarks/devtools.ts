import { once } from 'node:events';
import { WebSocket } from 'ws';

/** A CPU profile as V8 gives it. Times are in microseconds. */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  /** The node of each sample. */
  readonly samples: readonly number[];
  /** Since the sample before. */
  readonly timeDeltas: readonly number[];
}

export interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
}

/** A thread of a process that listens for a debugger (`--inspect`). */
export interface Thread {
  /** `main`, or the address of a worker's script. */
  readonly name: string;
  readonly send: (method: string, params?: object) => Promise<unknown>;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** Numbers questions and gives each its answer, on the main connection or inside one to a worker. */
const createCalls = (post: (text: string) => unknown) => {
  const open = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  let last = 0;
  return {
    send: (method: string, params: object = {}): Promise<unknown> =>
      new Promise((resolve, reject) => {
        open.set(++last, { resolve, reject });
        post(JSON.stringify({ id: last, method, params }));
      }),
    take: ({ id = 0, result, error }: Message): void => {
      const call = open.get(id);
      open.delete(id);
      if (error === undefined) call?.resolve(result);
      else call?.reject(new Error(error.message));
    },
  };
};

export interface Inspected {
  /** The main thread first, then its workers. */
  readonly threads: readonly Thread[];
  readonly close: () => void;
}

/** Connects to every thread of a process by the DevTools protocol. `address`: `ws://…` as the process has printed it. */
export const inspect = async (address: string): Promise<Inspected> => {
  const socket = new WebSocket(address, { maxPayload: 1024 ** 3 });
  const main = createCalls((text) => socket.send(text));
  const workers = new Map<string, ReturnType<typeof createCalls>>();
  const threads: Thread[] = [{ name: 'main', send: main.send }];
  socket.on('message', (data: Buffer) => {
    const message = JSON.parse(data.toString()) as Message;
    const {
      sessionId,
      workerInfo,
      message: inner,
    } = (message.params ?? {}) as { sessionId: string; workerInfo: { url: string }; message: string };
    if (message.method === 'NodeWorker.attachedToWorker') {
      const calls = createCalls((text) => main.send('NodeWorker.sendMessageToWorker', { sessionId, message: text }));
      workers.set(sessionId, calls);
      threads.push({ name: workerInfo.url, send: calls.send });
    } else if (message.method === 'NodeWorker.receivedMessageFromWorker') workers.get(sessionId)?.take(JSON.parse(inner) as Message);
    else if (message.id !== undefined) main.take(message);
  });
  await once(socket, 'open');
  // The workers that there are have been told of when this is answered.
  await main.send('NodeWorker.enable', { waitForDebuggerOnStart: false });
  return { threads, close: () => socket.close() };
};
