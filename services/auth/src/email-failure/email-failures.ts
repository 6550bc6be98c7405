import type { Platform } from '@riparo/shared/composition/platform';
import { createReplica, type Replica } from '@riparo/shared/persistence/replica';

/** Why mails to somebody do not arrive. */
export interface EmailFailure {
  /** ISO 8601 UTC. */
  readonly since: string;
  /** What the other side said. */
  readonly reason: string;
}

/** An address that mails fail to; empty once they go there again. */
export interface FailingAddress extends Partial<EmailFailure> {
  /** In lower case. */
  readonly address?: string;
}

/**
 * Addresses that mails fail to, as notifications tells. They are looked up by the address that somebody has now: whoever gets
 * another one has no failure any more, and whoever gets a failed one has it at once.
 */
export interface EmailFailures extends Replica<FailingAddress> {
  /** Asks for all at once; answers what is known of each. */
  of(tenantId: string, addresses: readonly (string | undefined)[]): Promise<(address: string) => EmailFailure | undefined>;
}

export const createEmailFailures = ({ connection }: Platform): EmailFailures => {
  const replica = createReplica<FailingAddress>({ connection, collection: 'failing_addresses', indexes: [{ fields: { address: 1 } }] });
  return {
    ...replica,
    of: async (tenantId, addresses) => {
      const wanted = [...new Set(addresses.flatMap((address) => address?.toLowerCase() ?? []))];
      const found = wanted.length === 0 ? [] : await replica.in(tenantId).list({ address: { $in: wanted } }, { limit: wanted.length });
      const known = new Map(found.map(({ address, since = '', reason = '' }) => [address, { since, reason }]));
      return (address) => known.get(address.toLowerCase());
    },
  };
};
