import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EventEnvelope } from '../contracts/event.js';

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

/** Keeps a line in the folder RIPARO_EXCHANGES, of which `scripts/collect-examples.mjs` makes the reference's examples. */
const keep = (file: string, line: unknown): void => {
  if (folder !== undefined) appendFileSync(join(folder, file), `${JSON.stringify(line)}\n`);
};

export const recordExchange = (exchange: Exchange): void => keep(`exchanges-${process.pid}.jsonl`, exchange);

/** An event that a service under test has published. */
export const recordEvent = (event: EventEnvelope): void => keep(`events-${process.pid}.jsonl`, event);
