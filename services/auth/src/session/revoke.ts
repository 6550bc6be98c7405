import type { RevocationStore } from '@riparo/shared/persistence/revocation-store';

export interface Revocation {
  readonly userId: string;
  readonly epoch?: number;
  readonly sessionId?: string;
  readonly until: Date;
}

/** Ends tokens in this very process before the answer goes out; the others hear of it by the event. */
export type Revoke = (tenantId: string, revocation: Revocation) => void;

export const createRevoke =
  (revocations: RevocationStore): Revoke =>
  (tenantId, { until, ...revocation }) =>
    revocations.apply({ tenantid: tenantId, data: { ...revocation, until: until.toISOString() } });
