import type { PublishedSettings } from '@riparo/shared/contracts/auth.events';
import type { Replica } from '@riparo/shared/persistence/replica';

/** The currency in which a tenant buys and sells. */
export type TenantCurrency = (tenantId: string) => Promise<string>;

/** Until a tenant has settings. */
const USUAL = 'EUR';

export const createTenantCurrency =
  (settings: Replica<PublishedSettings>): TenantCurrency =>
  async (tenantId) =>
    (await settings.in(tenantId).findOne({}))?.currency ?? USUAL;
