/** A limit on how often an operation can be asked for, as the API reference tells it (`x-rate-limit`). It stands beside what enforces it. */
export interface LimitClass {
  /** `sign-in`. A limit that `RateLimit-Policy` tells has the name that it has there. */
  readonly name: string;
  /** The code of the 429 beyond it. */
  readonly code: string;
  /** A sentence. Its numbers are those that are enforced. */
  readonly about: string;
}
