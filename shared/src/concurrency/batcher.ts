/** How the work on one item of a batch ended. */
export type BatchEnd<O> = { readonly value: O } | { readonly error: unknown };

export interface BatcherOptions<I, O> {
  /**
   * Does the work for all items of a batch at once. The answers are in the order of the items. When `send` rejects, every
   * item of the batch rejects.
   */
  readonly send: (items: readonly I[]) => Promise<readonly BatchEnd<O>[]>;
  /** Items in one batch at most; default 100. */
  readonly maxBatch?: number;
  /** Batches under way at once; default 2: one can be on its way while the database writes the other to disk. */
  readonly maxRunning?: number;
}

/**
 * Sends items in batches. An item that arrives while fewer than `maxRunning` batches are under way is sent at once: on
 * a quiet system no item waits for others. On a busy system items collect while batches are under way and go together:
 * with the defaults, 150 items that arrive meanwhile go as one batch of 100 and one of 50.
 */
export const createBatcher = <I, O>({ send, maxBatch = 100, maxRunning = 2 }: BatcherOptions<I, O>): ((item: I) => Promise<O>) => {
  interface Waiting {
    readonly item: I;
    readonly resolve: (value: O) => void;
    readonly reject: (error: unknown) => void;
  }
  const waiting: Waiting[] = [];
  let running = 0;

  const endsOf = async (batch: readonly Waiting[]): Promise<readonly BatchEnd<O>[]> => {
    try {
      return await send(batch.map(({ item }) => item));
    } catch (error) {
      return batch.map(() => ({ error }));
    }
  };

  const sendBatch = async (batch: readonly Waiting[]): Promise<void> => {
    const ends = await endsOf(batch);
    running--;
    for (const [index, { resolve, reject }] of batch.entries()) {
      const end = ends[index] ?? { error: new Error('a batch was answered with too few results') };
      if ('error' in end) reject(end.error);
      else resolve(end.value);
    }
    next();
  };

  const next = (): void => {
    if (running >= maxRunning || waiting.length === 0) return;
    running++;
    void sendBatch(waiting.splice(0, maxBatch));
  };

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      next();
    });
};
