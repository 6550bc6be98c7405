import { pageQuery, toSort, type PageRequest } from '@riparo/shared/http/pagination';
import { list, ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Repository } from '@riparo/shared/persistence/repository';
import { countNotFound } from '../part.errors.js';
import { viewCount, type StockCount } from './stock-count.js';

interface Deps {
  readonly stockCounts: Repository<StockCount>;
}

export const listCountsQuery = pageQuery(['createdAt']);

export const listCounts =
  ({ stockCounts }: Deps) =>
  async ({ caller, query: { page, pageSize, sort } }: Call<unknown, PageRequest>): Promise<Reply> => {
    const found = await stockCounts
      .in(caller.tenantId)
      .page({ filter: {}, sort: toSort(sort.replace('createdAt', 'id')), page, pageSize, leaveOut: ['lines'] });
    const items = found.items.map((count) => viewCount({ ...count, lines: [] }));
    return list({ ...found, items: items.map(({ lines: _lines, ...count }) => count) });
  };

export const getCount =
  ({ stockCounts }: Deps) =>
  async ({ caller, params: { id } }: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const count = await stockCounts.in(caller.tenantId).find(id);
    if (count === undefined) throw countNotFound();
    return ok(viewCount(count));
  };
