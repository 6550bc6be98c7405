import { pageQuery, toSort, type PageRequest } from '@riparo/shared/http/pagination';
import { list } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { email } from '@riparo/shared/http/schemas';
import { compact } from '@riparo/shared/json/compact';
import type { FailedAddress } from './failed-address.js';
import type { FailedAddresses } from './failed-address.repository.js';

interface Filters {
  readonly address?: string;
}

export const listFailedAddressesQuery = pageQuery<Filters>(['failedAt'], { address: email() });

export const failedAddressView = (state: FailedAddress) => ({
  id: state.id,
  version: state.version,
  address: state.address,
  source: state.source,
  reason: state.reason,
  failedAt: state.failedAt,
  confirmedAt: state.confirmedAt,
  confirmedByUserId: state.confirmedByUserId,
});

export const listFailedAddresses =
  ({ failedAddresses }: { readonly failedAddresses: FailedAddresses }) =>
  async ({ caller, query }: Call<unknown, PageRequest & Filters>): Promise<Reply> => {
    const { page, pageSize, sort, address } = query;
    const found = await failedAddresses.in(caller.tenantId).page({ filter: compact({ address }), sort: toSort(sort), page, pageSize });
    return list({ ...found, items: found.items.map(failedAddressView) });
  };
