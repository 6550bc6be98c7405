import { addressesIn } from '@riparo/shared/config/addresses';
import type { ServiceName } from '@riparo/shared/contracts/topology';
import type { UpstreamConfig } from './config.js';

export const upstreamUrls = (config: UpstreamConfig): Readonly<Record<ServiceName, readonly string[]>> => ({
  auth: addressesIn(config.AUTH_URL),
  tickets: addressesIn(config.TICKETS_URL),
  assets: addressesIn(config.ASSETS_URL),
  notifications: addressesIn(config.NOTIFICATIONS_URL),
  reports: addressesIn(config.REPORTS_URL),
  billing: addressesIn(config.BILLING_URL),
});
