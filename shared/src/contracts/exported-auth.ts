import type { PublishedCustomer, PublishedSettings, PublishedUser } from './auth.events.js';

/** `GET /internal/users`: an account for a service that rebuilds its replicas; removed ones are told too. */
export interface ExportedUser {
  readonly user: PublishedUser;
  readonly version: number;
}

/** `GET /internal/customers`: a customer for a service that rebuilds its replicas. */
export interface ExportedCustomer {
  readonly customer: PublishedCustomer;
  readonly version: number;
}

/** `GET /internal/settings`: the settings of a tenant for a service that rebuilds its replicas; one item or none. */
export interface ExportedSettings {
  readonly id: string;
  readonly settings: PublishedSettings;
  readonly version: number;
}
