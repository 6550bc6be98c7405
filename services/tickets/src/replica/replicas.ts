import type { PublishedAsset, PublishedLocation, PublishedServicePlan } from '@riparo/shared/contracts/assets.events';
import type { PublishedReservation } from '@riparo/shared/contracts/parts.events';
import type { PublishedCustomer, PublishedSettings, PublishedUser } from '@riparo/shared/contracts/auth.events';
import type { PublishedVehicle } from '@riparo/shared/contracts/vehicles.events';
import type { InvoiceKind } from '@riparo/shared/contracts/invoices.events';
import type { Money } from '@riparo/shared/contracts/money';
import type { IndexDeclaration } from '@riparo/shared/persistence/indexes';
import { createReplica, type Replica } from '@riparo/shared/persistence/replica';
import type { Platform } from '@riparo/shared/composition/platform';
import { createCachedReplica, type CachedReplica } from '@riparo/shared/persistence/cached-replica';

/** A reservation with the name of its part. */
export type Reservation = PublishedReservation & { readonly name: string };

/** An invoice, a receipt or a credit note that billing issued for a repair. */
export interface RepairDocument {
  readonly repairId: string;
  readonly number: string;
  readonly kind: InvoiceKind;
  readonly total: Money;
  /** `YYYY-MM-DD`. */
  readonly issuedOn: string;
}

/** Replicas of other services' entities. */
export interface Replicas {
  readonly users: CachedReplica<PublishedUser>;
  readonly customers: CachedReplica<PublishedCustomer>;
  readonly assets: CachedReplica<PublishedAsset>;
  readonly locations: CachedReplica<PublishedLocation>;
  readonly plans: CachedReplica<PublishedServicePlan>;
  readonly vehicles: CachedReplica<PublishedVehicle>;
  readonly reservations: Replica<Reservation>;
  readonly documents: Replica<RepairDocument>;
  /** One entry per tenant, under the tenant's own id. */
  readonly settings: CachedReplica<PublishedSettings>;
  /** Ids of the next devices after `after` that a plan covers; `next` is missing on the last page. */
  coveredBy(tenantId: string, planId: string, after: string): Promise<{ readonly assetIds: readonly string[]; readonly next?: string }>;
  /** Whether somebody of the customer can sign in. */
  hasLogin(tenantId: string, customerId: string): Promise<boolean>;
  ensureIndexes(): Promise<void>;
}

/** Devices of a plan in one page. */
const BATCH = 100;

export const createReplicas = ({ connection }: Platform): Replicas => {
  const stores: { ensureIndexes(): Promise<void> }[] = [];
  const store = <T extends object>(collection: string, indexes: readonly IndexDeclaration[] = []): Replica<T> => {
    const made = createReplica<T>({ connection, collection, indexes });
    stores.push(made);
    return made;
  };
  const replica = <T extends object>(collection: string): CachedReplica<T> => createCachedReplica(store<T>(collection));
  const assets = store<PublishedAsset>('replica_assets', [{ fields: { servicePlanId: 1, id: 1 } }]);
  const users = store<PublishedUser>('replica_users', [{ fields: { customerId: 1, status: 1, id: 1 } }]);
  return {
    users: createCachedReplica(users),
    customers: replica('replica_customers'),
    assets: createCachedReplica(assets),
    locations: replica('replica_locations'),
    plans: replica('replica_service_plans'),
    vehicles: replica('replica_vehicles'),
    documents: store<RepairDocument>('replica_documents', [{ fields: { repairId: 1, id: 1 } }]),
    reservations: store<Reservation>('replica_reservations', [{ fields: { repairId: 1, state: 1, id: 1 } }]),
    settings: replica('replica_settings'),
    coveredBy: async (tenantId, planId, after) => {
      const covered = await assets.in(tenantId).list({ servicePlanId: planId, id: { $gt: after } }, { sort: { id: 1 }, limit: BATCH });
      const assetIds = covered.map(({ id }) => id);
      const next = assetIds[BATCH - 1];
      return { assetIds, ...(next === undefined ? {} : { next }) };
    },
    hasLogin: async (tenantId, customerId) =>
      (await users.in(tenantId).findOne({ customerId, status: 'ACTIVE', removed: false })) !== undefined,
    ensureIndexes: async () => {
      await Promise.all(stores.map((store) => store.ensureIndexes()));
    },
  };
};

/** The customer's full name. */
export const customerName = ({ name, surname }: PublishedCustomer): string => (surname === undefined ? name : `${name} ${surname}`);

export interface Named {
  readonly id: string;
  readonly name: string;
}

/** An id with its name, as far as the name is known. */
export const named = (id: string | undefined, name: string | undefined): Named | undefined =>
  id === undefined ? undefined : { id, name: name ?? '' };

/** A vehicle as staff see it; its plate as far as it is known. */
export const shownVehicle = (id: string | undefined, vehicle: Pick<PublishedVehicle, 'plate'> | undefined) =>
  id === undefined ? undefined : { id, plate: vehicle?.plate ?? '' };
