import type { ServiceName } from '@riparo/shared/contracts/topology';
import type { UpstreamConfig } from './config.js';

const split = (addresses: string): readonly string[] => addresses.split(',').map((address) => address.trim());

export const upstreamUrls = (config: UpstreamConfig): Readonly<Record<ServiceName, readonly string[]>> => ({
  auth: split(config.AUTH_URL),
  tickets: split(config.TICKETS_URL),
  assets: split(config.ASSETS_URL),
  notifications: split(config.NOTIFICATIONS_URL),
  reports: split(config.REPORTS_URL),
  billing: split(config.BILLING_URL),
});
