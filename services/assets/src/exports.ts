import type { ExportedAsset, ExportedPart, ExportedStockMovement } from '@riparo/shared/contracts/exported-assets';
import type { Platform } from '@riparo/shared/composition/platform';
import { get, type Route } from '@riparo/shared/http/route';
import type { Repository } from '@riparo/shared/persistence/repository';
import { createExport, exportInput } from '@riparo/shared/rebuild/export-page';
import { publishAsset, type Asset } from './asset/asset.js';
import { NOT_LISTED, publishPart, type Part } from './part/part.js';
import { PARTS } from './part/part.repository.js';
import { publishMovement, type StockMovement } from './part/stock/stock-movement.js';

interface StoredMovement extends StockMovement {
  readonly partId: string;
}

/** What services ask that make their copies anew. */
export const createExports = ({ connection }: Pick<Platform, 'connection'>, parts: Repository<Part>) => ({
  exportAssets: createExport<Asset, ExportedAsset>({
    ...{ connection, collection: 'assets', leaveOut: ['photos', 'searchWords'] },
    tell: (assets) => assets.map((asset) => ({ asset: publishAsset(asset), version: asset.version })),
  }),
  exportParts: createExport<Part, ExportedPart>({
    ...{ connection, collection: PARTS, leaveOut: NOT_LISTED },
    tell: (all) => all.map((part) => ({ part: publishPart(part), version: part.version })),
  }),
  exportMovements: createExport<StoredMovement, ExportedStockMovement>({
    ...{ connection, collection: 'stock_movements' },
    tell: async (movements, tenantId) => {
      const ids = [...new Set(movements.map(({ partId }) => partId))];
      const found = await parts.in(tenantId).list({ id: { $in: ids } }, { limit: ids.length });
      const partOf = new Map(found.map((part) => [part.id, publishPart(part)]));
      return movements.map((movement) => {
        const part = partOf.get(movement.partId);
        if (part === undefined) throw new Error(`the part of movement ${movement.id} is gone`);
        return { movement: publishMovement(movement), part, at: movement.at.toISOString() };
      });
    },
  }),
});

export const exportRoutes = (deps: ReturnType<typeof createExports>): readonly Route[] => [
  get('/internal/assets', 'internal', 'Every device, for services that make their copies anew.', exportInput, deps.exportAssets, {
    root: true,
  }),
  get('/internal/parts', 'internal', 'Every part, for services that make their copies anew.', exportInput, deps.exportParts, {
    root: true,
  }),
  get(
    '/internal/stock-movements',
    'internal',
    'Every line of the ledgers of parts, for services that make their copies anew.',
    exportInput,
    deps.exportMovements,
    { root: true },
  ),
];
