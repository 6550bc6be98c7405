import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Exchange {
  readonly operationId: string;
  readonly path: string;
  readonly status: number;
  /** The JSON that was sent. */
  readonly sent?: unknown;
  /** The JSON that was answered. */
  readonly answered: unknown;
}

const folder = process.env.RIPARO_EXCHANGES;

/** Keeps an exchange in the folder RIPARO_EXCHANGES, of which `scripts/collect-examples.mjs` makes the reference's examples. */
export const recordExchange = (exchange: Exchange): void => {
  if (folder !== undefined) appendFileSync(join(folder, `${process.pid}.jsonl`), `${JSON.stringify(exchange)}\n`);
};
