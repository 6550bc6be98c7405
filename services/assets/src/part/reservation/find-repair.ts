import type { PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import { isDomainError } from '@riparo/shared/errors/domain-error';
import type { InternalClient } from '@riparo/shared/http/internal-client';
import { toRepair, type Repair } from '../../replica/repair.js';
import type { Replicas } from '../../replica/replicas.js';

/**
 * A repair. Where the copy of it is missing or does not suit, the tickets service is asked, because the news of a moment ago may
 * still be on its way. Throws 503 when that service is away.
 */
export type FindRepair = (tenantId: string, id: string, suits?: (repair: Repair) => boolean) => Promise<Repair | undefined>;

interface Deps extends Pick<Replicas, 'repairs'> {
  readonly ticketsService: InternalClient;
}

export const createFindRepair =
  ({ repairs, ticketsService }: Deps): FindRepair =>
  async (tenantId, id, suits = () => true) => {
    const known = await repairs.in(tenantId).find(id);
    // Copies of earlier versions say neither whether the warranty holds nor the currency.
    if (known?.currency !== undefined && suits(known)) return known;
    try {
      const path = `/internal/repairs/${id}?tenantId=${encodeURIComponent(tenantId)}`;
      const { version, ...repair } = await ticketsService.get<PublishedRepair & { readonly version: number }>(path);
      await repairs.in(tenantId).restore(id, version, toRepair(repair));
      return toRepair(repair);
    } catch (error) {
      if (isDomainError(error) && error.kind === 'not-found') return undefined;
      throw error;
    }
  };
