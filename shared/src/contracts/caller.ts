import type { Role } from './roles.js';

/** Who makes a request. It is read from a verified access token and from nothing else. */
export interface Caller {
  readonly tenantId: string;
  readonly userId: string;
  readonly role: Role;
  readonly name: string;
  readonly email: string;
  /** Set for customer roles: this caller sees the things of this customer alone. */
  readonly customerId?: string;
  readonly sessionId: string;
}

/** The tenant of an installation that serves one company only. */
export const DEFAULT_TENANT = 'default';
