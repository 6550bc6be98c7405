import { forEachFound } from '@riparo/shared/persistence/for-each-found';
import type { Logger } from 'pino';
import type { AcrossTenants } from '@riparo/shared/persistence/across-tenants';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Clock } from '@riparo/shared/runtime/clock';
import type { Part } from '../part.js';
import type { FilePart } from './change-part.js';

/** A change that has not been filed for this long has died; in milliseconds. */
const UNFILED_MS = 10_000;

interface Deps {
  readonly unfiledParts: AcrossTenants;
  readonly parts: Repository<Part>;
  readonly filePart: FilePart;
  readonly clock: Clock;
  readonly log: Logger;
}

/** The job that files what a crash has left in the documents of parts. */
export const createFileAway =
  ({ unfiledParts: entries, parts, filePart, clock, log }: Deps) =>
  async (): Promise<void> => {
    const before = new Date(clock.now().getTime() - UNFILED_MS);
    await forEachFound(
      { everywhere: entries, log, failure: 'could not finish what a crash has left' },
      { 'unfiled.since': { $lt: before } },
      async ({ tenantId, id }) => {
        const part = await parts.in(tenantId).find(id);
        if (part !== undefined) await filePart(tenantId, part);
      },
    );
  };
