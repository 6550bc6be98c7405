import type { Document } from 'mongodb';
import type { Platform } from '@riparo/shared/composition/platform';
import { collectionOf } from '@riparo/shared/persistence/collection';
import { duplicateFields } from '@riparo/shared/persistence/duplicate-key';
import { ensureIndexes } from '@riparo/shared/persistence/indexes';
import { derivedId } from '@riparo/shared/runtime/derived-id';
import { KNOWLEDGE_COLLECTION } from '../knowledge.repository.js';

/** Somebody said that a case helped. */
export interface Use {
  readonly caseId: string;
  readonly userId: string;
  readonly ticketId?: string;
  readonly byCustomer: boolean;
  /** No technician was needed. */
  readonly deflected: boolean;
  readonly at: Date;
}
interface StoredUse extends Document, Use {
  readonly _id: string;
  readonly tenantId: string;
  /** Whom and what it was for: counts once, also where two cases became one. */
  readonly who: string;
}

/** Which cases a count is of: one and those that were merged into it. */
export interface Counted {
  readonly id: string;
  readonly mergedIds: readonly string[];
}

export interface Uses {
  /** One that is there already stays. */
  add(tenantId: string, use: Use): Promise<void>;
  /** The customer closed the ticket: what helped with it spared the rest of the work. Resolves to the cases. */
  deflect(tenantId: string, ticketId: string): Promise<readonly string[]>;
  /** Counts anew and keeps the counts with the case, whose version stays: nobody's edit is disturbed. */
  recount(tenantId: string, counted: Counted): Promise<number>;
  ensureIndexes(): Promise<void>;
}

export const createUses = ({ connection, clock }: Pick<Platform, 'connection' | 'clock'>): Uses => {
  const collection = collectionOf<StoredUse>(connection, 'knowledge_uses');
  const cases = connection.collection(KNOWLEDGE_COLLECTION);

  const count = async (tenantId: string, { id, mergedIds }: Counted): Promise<{ useful: number; deflected: number }> => {
    const filter = { tenantId, caseId: { $in: [id, ...mergedIds] } };
    const [useful, deflected] = await Promise.all([
      collection.distinct('who', filter),
      collection.distinct('who', { ...filter, deflected: true }),
    ]);
    return { useful: useful.length, deflected: deflected.length };
  };

  return {
    add: async (tenantId, use) => {
      const who = `${use.userId} ${use.ticketId ?? ''}`;
      try {
        await collection.insertOne({ ...use, _id: derivedId(tenantId, use.caseId, who), tenantId, who });
      } catch (error) {
        if (duplicateFields(error) === undefined) throw error;
      }
    },
    deflect: async (tenantId, ticketId) => {
      const filter = { tenantId, ticketId, byCustomer: true };
      const caseIds = await collection.distinct('caseId', filter);
      if (caseIds.length > 0) await collection.updateMany(filter, { $set: { deflected: true } });
      return caseIds;
    },
    recount: async (tenantId, counted) => {
      const { useful, deflected } = await count(tenantId, counted);
      // Uses are never taken back, so of two counts at once the higher one is right. `updatedAt` tells the indexes of words.
      await cases.updateOne(
        { _id: counted.id as unknown as never, tenantId },
        {
          $max: { usefulCount: useful, deflectedCount: deflected },
          $set: { updatedAt: clock.now() },
        },
      );
      return useful;
    },
    ensureIndexes: () =>
      ensureIndexes(collection, [{ fields: { caseId: 1, who: 1 } }, { fields: { ticketId: 1 }, partial: { ticketId: { $exists: true } } }]),
  };
};
