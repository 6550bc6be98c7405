import type { Logger } from 'pino';
import { createLogger } from '../src/logging/create-logger.js';

export interface LogCapture {
  readonly log: Logger;
  readonly lines: readonly Readonly<Record<string, unknown>>[];
  text(): string;
}

/** The product's own logger, writing into memory. */
export const captureLog = (): LogCapture => {
  const texts: string[] = [];
  const log = createLogger({ name: 'test', level: 'trace', destination: { write: (line) => void texts.push(line) } });
  return {
    log,
    get lines() {
      return texts.map((line) => JSON.parse(line) as Record<string, unknown>);
    },
    text: () => texts.join(''),
  };
};
