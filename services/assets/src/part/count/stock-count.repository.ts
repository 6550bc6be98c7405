import type { Platform } from '@riparo/shared/composition/platform';
import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { StockCount } from './stock-count.js';

export const STOCK_COUNTS = 'stock_counts';

export const createStockCountRepository = ({ connection, clock, relay }: Platform): Repository<StockCount> =>
  createMongoRepository<StockCount>({
    connection,
    service: 'assets',
    collection: STOCK_COUNTS,
    clock,
    relay,
    indexes: [{ fields: { id: 1 } }],
  });
