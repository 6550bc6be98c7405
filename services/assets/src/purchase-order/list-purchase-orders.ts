import type { Filter } from 'mongodb';
import { pageQuery, toSort, type PageRequest } from '@riparo/shared/http/pagination';
import { list } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { oneOf, uuid } from '@riparo/shared/http/schemas';
import { searchText } from '@riparo/shared/http/search';
import type { Repository } from '@riparo/shared/persistence/repository';
import { searchConditions } from '@riparo/shared/text/search-words';
import { PURCHASE_ORDER_STATUSES, type PurchaseOrder, type PurchaseOrderStatus } from './purchase-order.js';
import { viewPurchaseOrder } from './purchase-order.view.js';

interface Filters {
  readonly status?: PurchaseOrderStatus;
  readonly partId?: string;
  readonly search?: string;
}
export const listPurchaseOrdersQuery = pageQuery<Filters>(['createdAt'], {
  status: oneOf(PURCHASE_ORDER_STATUSES),
  partId: uuid(),
  search: searchText('number, supplier, and SKU and name of the parts'),
});

const filterOf = ({ status, partId, search }: Filters): Filter<PurchaseOrder> => {
  const conditions = [
    ...(status === undefined ? [] : [{ status }]),
    ...(partId === undefined ? [] : [{ 'lines.partId': partId }]),
    ...(search === undefined ? [] : searchConditions('searchWords', search)),
  ];
  return conditions.length === 0 ? {} : { $and: conditions };
};

export const listPurchaseOrders =
  ({ purchaseOrders }: { readonly purchaseOrders: Repository<PurchaseOrder> }) =>
  async ({ caller, query }: Call<unknown, PageRequest & Filters>): Promise<Reply> => {
    const { page, pageSize, sort, ...filters } = query;
    const order = toSort(sort.replace('createdAt', 'id'));
    const found = await purchaseOrders.in(caller.tenantId).page({ filter: filterOf(filters), sort: order, page, pageSize });
    return list({ ...found, items: found.items.map(viewPurchaseOrder) });
  };
