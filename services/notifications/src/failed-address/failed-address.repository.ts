import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Platform } from '@riparo/shared/composition/platform';
import { seededIds } from '@riparo/shared/runtime/ids';
import { addressFailed, fail, isFailing, take, type FailedAddress, type Failure } from './failed-address.js';

export type FailedAddresses = Repository<FailedAddress>;

export const createFailedAddresses = ({ connection, clock, relay }: Platform): FailedAddresses =>
  createMongoRepository<FailedAddress>({
    connection,
    clock,
    relay,
    service: 'notifications',
    collection: 'failed_addresses',
    indexes: [{ fields: { failedAt: -1, id: -1 } }, { fields: { address: 1, failedAt: -1, id: -1 } }],
  });

/** Made from the address: an address fails once, however many mails to it come back at the same time. */
const idOf = (tenantId: string, address: string): string => seededIds(`${tenantId}:${address.toLowerCase()}`, new Date(0)).next();

/** What delivery asks and tells. */
export interface AddressHealth {
  /** The reason why nothing is sent there; `undefined`: nothing is known against it. */
  failureOf(tenantId: string, address: string): Promise<string | undefined>;
  mark(tenantId: string, address: string, failure: Failure): Promise<void>;
  /** A mail was handed over that had not asked for `failureOf` before. */
  tookMail(tenantId: string, address: string, now: Date): Promise<void>;
}

export const createAddressHealth = (addresses: FailedAddresses): AddressHealth => ({
  failureOf: async (tenantId, address) => {
    const found = await addresses.in(tenantId).find(idOf(tenantId, address));
    return isFailing(found) ? found?.reason : undefined;
  },
  mark: async (tenantId, address, failure) => {
    const [inTenant, id] = [addresses.in(tenantId), idOf(tenantId, address)];
    const known = await inTenant.update(id, (before) => fail(before, failure));
    if (known === undefined) await inTenant.insert({ id, address: address.toLowerCase(), ...failure }, addressFailed);
  },
  tookMail: async (tenantId, address, now) => {
    await addresses.in(tenantId).update(idOf(tenantId, address), (before) => take(before, now));
  },
});
