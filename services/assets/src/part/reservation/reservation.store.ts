import type { Document, Filter } from 'mongodb';
import type { Platform } from '@riparo/shared/composition/platform';
import type { ReservationState } from '@riparo/shared/contracts/parts.events';
import { collectionOf, readPage } from '@riparo/shared/persistence/collection';
import { createReplica, type Replicated } from '@riparo/shared/persistence/replica';
import type { Page } from '@riparo/shared/persistence/repository';
import type { Purpose, Reservation } from './reservation.js';

/** A reservation with the part that it is of. */
export interface PartReservation extends Reservation {
  readonly partId: string;
}

export interface ReservationQuery {
  /** Those for any of these; missing: all. */
  readonly purposes?: { readonly repairIds: readonly string[]; readonly workReportIds: readonly string[] } | undefined;
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
  /** The one of a part and a purpose that changed last among those whose price was agreed, open or over. */
  lastAgreed(tenantId: string, partId: string, of: Purpose): Promise<PartReservation | undefined>;
  /** The newest first. */
  page(tenantId: string, query: ReservationQuery): Promise<Page<PartReservation>>;
  ensureIndexes(): Promise<void>;
}

const COLLECTION = 'reservations';
/** Of one repair. */
const MOST = 1_000;

const INDEXES = [[], ['repairId'], ['partId'], ['state'], ['repairId', 'state'], ['partId', 'state'], ['workReportId']].map((by) => ({
  fields: Object.fromEntries([...by, 'id'].map((field) => [field, 1 as const])),
}));

type Stored = Omit<PartReservation, 'id'>;
interface StoredDocument extends Document, Stored {
  readonly _id: string;
  readonly tenantId: string;
}

type Purposes = NonNullable<ReservationQuery['purposes']>;

const forAny = ({ repairIds, workReportIds }: Purposes): Filter<StoredDocument> => {
  if (workReportIds.length === 0) return { repairId: { $in: [...repairIds] } };
  if (repairIds.length === 0) return { workReportId: { $in: [...workReportIds] } };
  return { $or: [{ repairId: { $in: [...repairIds] } }, { workReportId: { $in: [...workReportIds] } }] };
};

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
    lastAgreed: async (tenantId, partId, of) => {
      // A part may have had thousands of reservations, a repair or a report has few: their indexes are the ones to use.
      const agreed = await copies.in(tenantId).list({ ...of, priceAgreed: true }, { sort: { version: -1, id: -1 }, limit: MOST });
      const last = agreed.find((one) => one.partId === partId);
      return last && toReservation(last);
    },
    page: (tenantId, { purposes, partId, state, page, pageSize }) => {
      const filter: Filter<StoredDocument> = {
        tenantId,
        ...(purposes === undefined ? {} : forAny(purposes)),
        ...(partId === undefined ? {} : { partId }),
        ...(state === undefined ? {} : { state }),
      };
      return readPage(collection, { filter, sort: { _id: -1 }, page, pageSize, hidden: ['version'] });
    },
    ensureIndexes: () => copies.ensureIndexes(),
  };
};
