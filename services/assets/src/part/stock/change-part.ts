import type { Connection } from 'mongoose';
import { createKeyedQueue } from '@riparo/shared/concurrency/keyed-queue';
import { collectionOf } from '@riparo/shared/persistence/collection';
import type { Decision, Repository } from '@riparo/shared/persistence/repository';
import { partNotFound } from '../part.errors.js';
import type { Part } from '../part.js';
import { PARTS } from '../part.repository.js';
import type { ReservationStore } from '../reservation/reservation.store.js';
import type { LedgerStore } from './ledger.store.js';

export interface ChangePartDeps {
  readonly connection: Connection;
  readonly parts: Repository<Part>;
  readonly ledger: LedgerStore;
  readonly reservations: ReservationStore;
}

/** Brings what the last change of a part wrote beside it into the ledger and among the reservations. Can be repeated. */
type FileChange = (tenantId: string, part: Part) => Promise<void>;

const createFileChange =
  ({ ledger, reservations }: ChangePartDeps): FileChange =>
  async (tenantId, { id, version, unfiled }) => {
    if (unfiled === undefined) return;
    await Promise.all([ledger.add(tenantId, id, unfiled.movements), reservations.keep(tenantId, id, version, unfiled.reservations)]);
  };

/** Files the last change and forgets it in the part. */
export type FilePart = FileChange;

export const createFilePart = (deps: ChangePartDeps): FilePart => {
  const file = createFileChange(deps);
  const documents = collectionOf<{ _id: string; tenantId: string; version: number }>(deps.connection, PARTS);
  return async (tenantId, part) => {
    if (part.unfiled === undefined) return;
    await file(tenantId, part);
    // Past the repository: nobody has changed the part. A change in between has filed the same and replaced it with its own.
    await documents.updateOne({ _id: part.id, tenantId, version: part.version }, { $unset: { unfiled: '' } });
  };
};

/**
 * Changes the stock of a part. `prepare` may look into the ledger and among the reservations first: whatever an earlier change
 * wrote is there. When somebody else was faster it runs again, on the newest part. Throws 404 when there is no such part.
 */
export type ChangePart = (
  tenantId: string,
  partId: string,
  prepare: (part: Part) => Decision<Part> | Promise<Decision<Part>>,
) => Promise<Part>;

/**
 * The part's document takes the new stock, the line of the ledger, the reservations and the events in one guarded write, and the
 * collections beside it follow. See docs/adr/0035-stock-is-a-ledger-in-one-write.md.
 */
export const createChangePart = (deps: ChangePartDeps, filePart: FilePart): ChangePart => {
  const writers = createKeyedQueue();
  const file = createFileChange(deps);
  /** Versions that are filed and not forgotten in the part, for whoever is next in line: that write is spared. */
  const filed = new Map<string, number>();
  return (tenantId, partId, prepare) => {
    const line = `${tenantId}\n${partId}`;
    return writers.run(line, async (hasNext) => {
      const known = filed.get(line);
      filed.delete(line);
      const changed = await deps.parts.in(tenantId).updateAfter(partId, async (part, save) => {
        if (part.version !== known) await file(tenantId, part);
        const decision = await prepare(part);
        return save(() => decision);
      });
      if (changed === undefined) throw partNotFound();
      if (hasNext()) {
        if (changed.version !== known) await file(tenantId, changed);
        filed.set(line, changed.version);
      } else await filePart(tenantId, changed);
      return changed;
    });
  };
};
