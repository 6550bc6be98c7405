import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '@riparo/shared/runtime/clock';
import type { Logger } from 'pino';
import type { AllInOneConfig } from '../config.js';

/** There while the demo is being filled; a start that finds it knows that the filling was cut off. */
export const MARKER = 'demo-is-incomplete';

/** The demo cannot be made here; the message says why, and what to do. */
export class DemoRefused extends Error {
  override readonly name = 'DemoRefused';
}

const contentOf = async (directory: string): Promise<readonly string[]> => {
  try {
    return await readdir(directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
};

/** Why there can be no demo with this configuration and this directory; `undefined` when there can. */
const reasonAgainst = (config: AllInOneConfig, content: readonly string[]): string | undefined => {
  const { DATA_DIR, MONGO_URL, AMQP_URL } = config;
  if (MONGO_URL !== undefined) return 'The demo needs a database of its own: unset MONGO_URL.';
  if (AMQP_URL !== undefined) return 'The demo needs no message broker: unset AMQP_URL.';
  if (content.length === 0 || content.includes(MARKER)) return undefined;
  return `The demo needs an empty installation, and ${DATA_DIR} holds something. Set DATA_DIR to another directory.`;
};

/** A filling that was cut off leaves an installation that nobody should work with, with or without `--demo`. */
export const refuseIncomplete = async ({ DATA_DIR }: Pick<AllInOneConfig, 'DATA_DIR'>): Promise<void> => {
  if (!(await contentOf(DATA_DIR)).includes(MARKER)) return;
  throw new DemoRefused(`The demo in ${DATA_DIR} is incomplete: its filling was cut off. Delete ${DATA_DIR} and start with --demo again.`);
};

export interface PrepareDemo {
  readonly config: AllInOneConfig;
  readonly log: Logger;
  readonly say: (line: string) => void;
}

/** Fills the empty installation at `DATA_DIR` and says who can sign in. */
export const prepareDemo = async ({ config, log, say }: PrepareDemo): Promise<void> => {
  const { DATA_DIR } = config;
  const reason = reasonAgainst(config, await contentOf(DATA_DIR));
  if (reason !== undefined) throw new DemoRefused(reason);
  await refuseIncomplete(config);
  await mkdir(DATA_DIR, { recursive: true, mode: 0o700 });
  const marker = join(DATA_DIR, MARKER);
  await writeFile(marker, 'Delete this directory and start with --demo again.\n', { flush: true });
  say('Riparo lives through three months of a repair centre; this takes up to a minute.');
  // Loaded here alone: no other start needs it.
  const { fill } = await import('./fill.js');
  const { describeSignIns } = await import('./describe-sign-ins.js');
  const people = await fill({ config, log, end: systemClock.now() });
  await rm(marker);
  for (const line of describeSignIns(people)) say(line);
};
