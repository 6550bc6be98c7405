export interface RetryOptions {
  /** How often a request is repeated at most; default 3. */
  readonly retries?: number;
  /** Longest wait in seconds that is accepted from `Retry-After`; a longer one is left to the caller. Default 30. */
  readonly longestWait?: number;
  readonly fetch?: (request: Request) => Promise<Response>;
  readonly sleep?: (ms: number) => Promise<void>;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** 429: it was not done. 503: it may have been, so only what makes nothing twice is repeated. */
const mayRepeat = ({ method, headers }: Request, status: number): boolean =>
  status === 429 || (status === 503 && (method !== 'POST' || headers.has('Idempotency-Key')));

const waitOf = ({ headers }: Response): number | undefined => {
  const seconds = Number(headers.get('Retry-After') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
};

/** A `fetch` that waits as long as 429 and 503 ask for, and repeats the request. */
export const createRetryingFetch = ({ retries = 3, longestWait = 30, fetch: send = fetch, sleep = pause }: RetryOptions) => {
  return async (request: Request): Promise<Response> => {
    for (let left = retries; ; left--) {
      const answer = await send(request.clone());
      const seconds = waitOf(answer);
      if (left === 0 || seconds === undefined || seconds > longestWait || !mayRepeat(request, answer.status)) return answer;
      await sleep(seconds * 1000);
    }
  };
};
