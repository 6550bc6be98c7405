import type { Document } from 'mongodb';

/**
 * What MongoDB 7.0 answers to commands, written as data: it holds for any standalone server (TEST_MONGO_URL). In commands
 * and replies '@' is the scenario's own collection and '@cursor' the id of the cursor that was opened last.
 */
export interface Scenario {
  readonly title: string;
  readonly given?: readonly Document[];
  readonly indexes?: readonly Document[];
  readonly steps: readonly Step[];
  /** What is in the collection at the end, by _id. */
  readonly leaves?: readonly Document[];
}

export interface Step {
  readonly run: Document;
  /** These fields of the reply, and what is in them; others may be there too. */
  readonly gives?: Document;
  /** The command as a whole fails with this code. */
  readonly fails?: number;
}

/** A find or an aggregation whose first batch holds all and nothing else. */
export const finds = (run: Document, firstBatch: readonly Document[]): Step => ({
  run,
  gives: { cursor: { firstBatch, id: 0, ns: 'test.@' } },
});
