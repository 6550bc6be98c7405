/**
 * `sign-in`: passwords that are checked, for a login, an approval or a change. `new-password`: passwords that somebody
 * chooses, strangers who register among them.
 */
export type Lane = 'sign-in' | 'new-password';

export interface Turn {
  readonly lane: Lane;
  /** Whose work it is: clients take turns. */
  readonly client: string;
}

/** Shares a few threads among many who want one. */
export interface Lanes {
  /** Rejects with what `busy` makes when too many wait already. */
  run<T>(turn: Turn, work: () => Promise<T>): Promise<T>;
}

export interface LanesOptions {
  /** Works at the same moment. */
  readonly threads: number;
  /** Works that may wait in each lane; those of one client may take half of it. */
  readonly maxQueue: number;
  readonly busy: () => Error;
}

interface Queue {
  /** False when there is no room. */
  add(client: string, start: () => void): boolean;
  next(): (() => void) | undefined;
}

const createQueue = (most: number): Queue => {
  /** A client that had its turn goes to the end. */
  const clients = new Map<string, (() => void)[]>();
  let size = 0;
  return {
    add: (client, start) => {
      const own = clients.get(client) ?? [];
      if (size >= most || own.length >= Math.ceil(most / 2)) return false;
      size++;
      own.push(start);
      clients.set(client, own);
      return true;
    },
    next: () => {
      const [first] = clients;
      if (first === undefined) return undefined;
      const [client, [start, ...rest]] = first;
      size--;
      clients.delete(client);
      if (rest.length > 0) clients.set(client, rest);
      return start;
    },
  };
};

/**
 * A sign-in waits for other sign-ins only, and for one work of each client that came before: neither a thousand
 * registrations nor one address that tries many passwords can hold up everybody else. New passwords take the threads
 * that no sign-in wants.
 */
export const createLanes = ({ threads, maxQueue, busy }: LanesOptions): Lanes => {
  const queues: Readonly<Record<Lane, Queue>> = { 'sign-in': createQueue(maxQueue), 'new-password': createQueue(maxQueue) };
  let running = 0;

  const enter = ({ lane, client }: Turn): Promise<void> => {
    if (running < threads) {
      running++;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      if (!queues[lane].add(client, resolve)) reject(busy());
    });
  };
  const leave = (): void => {
    const start = queues['sign-in'].next() ?? queues['new-password'].next();
    // The place goes to the next work without being given up in between.
    if (start === undefined) running--;
    else start();
  };

  return {
    run: async (turn, work) => {
      await enter(turn);
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
};
