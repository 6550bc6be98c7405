/** How one item of a batch ended. */
export type BatchEnd<O> = { readonly value: O } | { readonly error: unknown };

export interface BatcherOptions<I, O> {
  /** Does the work for all of them at once and answers in their order. When it rejects, it does so for all of them. */
  readonly send: (items: readonly I[]) => Promise<readonly BatchEnd<O>[]>;
  /** Items in one batch at most; default 100. */
  readonly maxBatch?: number;
  /** Batches under way at once; default 2, so that one can be on its way while another is being written to disk. */
  readonly maxRunning?: number;
}

/**
 * Lets items that arrive while others are under way travel together. Nothing waits for company: an item that finds
 * nobody under way is sent at once, so a quiet system is as quick as without it and a busy one does less.
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
