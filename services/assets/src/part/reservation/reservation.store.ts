import type { Document, Filter } from 'mongodb';
import type { Platform } from '@riparo/shared/composition/platform';
import type { ReservationState } from '@riparo/shared/contracts/parts.events';
import { collectionOf, readPage } from '@riparo/shared/persistence/collection';
import { createReplica, type Replicated } from '@riparo/shared/persistence/replica';
import type { Page } from '@riparo/shared/persistence/repository';
import type { Reservation } from './reservation.js';

/** A reservation with the part that it is of. */
export interface PartReservation extends Reservation {
  readonly partId: string;
}

export interface ReservationQuery {
  readonly repairIds?: readonly string[] | undefined;
  readonly partId?: string | undefined;
  readonly state?: ReservationState | undefined;
  readonly page: number;
  readonly pageSize: number;
}

/**
 * All reservations, those that are over too, as of the last change of their part: for lists. What holds is in the parts.
 */
export interface ReservationStore {
  /** Writes reservations of a part as they were at its version, unless newer ones are there. */
  keep(tenantId: string, partId: string, version: number, reservations: readonly Reservation[]): Promise<void>;
  find(tenantId: string, id: string): Promise<PartReservation | undefined>;
  /** Pieces of a part that were built into a repair. */
  used(tenantId: string, partId: string, repairId: string): Promise<number>;
  /** The one of a part and a repair that changed last among those whose price was agreed, open or over. */
  lastAgreed(tenantId: string, partId: string, repairId: string): Promise<PartReservation | undefined>;
  /** The newest first. */
  page(tenantId: string, query: ReservationQuery): Promise<Page<PartReservation>>;
  ensureIndexes(): Promise<void>;
}

const COLLECTION = 'reservations';
/** Of one repair. */
const MOST = 1_000;

const INDEXES = [[], ['repairId'], ['partId'], ['state'], ['repairId', 'state'], ['partId', 'state']].map((by) => ({
  fields: Object.fromEntries([...by, 'id'].map((field) => [field, 1 as const])),
}));

type Stored = Omit<PartReservation, 'id'>;
interface StoredDocument extends Document, Stored {
  readonly _id: string;
  readonly tenantId: string;
}

const toReservation = ({ version: _version, ...reservation }: Stored & Replicated): PartReservation => reservation;

export const createReservationStore = ({ connection }: Platform): ReservationStore => {
  const collection = collectionOf<StoredDocument>(connection, COLLECTION);
  const copies = createReplica<Stored>({ connection, collection: COLLECTION, indexes: INDEXES });
  return {
    keep: async (tenantId, partId, version, reservations) => {
      await Promise.all(reservations.map(({ id, ...reservation }) => copies.in(tenantId).keep(id, version, { ...reservation, partId })));
    },
    find: async (tenantId, id) => {
      const found = await copies.in(tenantId).find(id);
      return found === undefined ? undefined : toReservation(found);
    },
    used: async (tenantId, partId, repairId) => {
      const consumed = await copies.in(tenantId).list({ partId, repairId, state: 'CONSUMED' }, { limit: MOST });
      return consumed.reduce((sum, { used = 0 }) => sum + used, 0);
    },
    lastAgreed: async (tenantId, partId, repairId) => {
      // A part may have had thousands of reservations, a repair has few: the index of repairs is the one to use.
      const agreed = await copies.in(tenantId).list({ repairId, priceAgreed: true }, { sort: { version: -1, id: -1 }, limit: MOST });
      const last = agreed.find((one) => one.partId === partId);
      return last && toReservation(last);
    },
    page: (tenantId, { repairIds, partId, state, page, pageSize }) => {
      const filter: Filter<StoredDocument> = {
        tenantId,
        ...(repairIds === undefined ? {} : { repairId: { $in: [...repairIds] } }),
        ...(partId === undefined ? {} : { partId }),
        ...(state === undefined ? {} : { state }),
      };
      return readPage(collection, { filter, sort: { _id: -1 }, page, pageSize, hidden: ['version'] });
    },
    ensureIndexes: () => copies.ensureIndexes(),
  };
};
