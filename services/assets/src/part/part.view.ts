import type { Caller } from '@riparo/shared/contracts/caller';
import { isDesk } from '@riparo/shared/contracts/roles';
import { compact } from '@riparo/shared/json/compact';
import { averageCostOf, availableOf, revisionOf, type ListedPart } from './part.js';

const forDesk = (part: ListedPart) => ({ cost: part.cost, averageCost: averageCostOf(part), supplier: part.supplier });

/** What a part costs the centre, and where it buys, is for the desk. */
export const viewPart = (part: ListedPart, { role }: Pick<Caller, 'role'>) =>
  compact({
    id: part.id,
    sku: part.sku,
    name: part.name,
    brand: part.brand,
    compatibleWith: part.compatibleWith,
    salePrice: part.salePrice,
    vatRate: part.vatRate,
    warrantyMonths: part.warrantyMonths,
    minimumStock: part.minimumStock,
    shelf: part.shelf,
    barcode: part.barcode,
    active: part.active,
    onHand: part.onHand,
    reserved: part.reserved,
    available: availableOf(part),
    onOrder: part.onOrder.reduce((sum, { remaining }) => sum + remaining, 0),
    lowStock: part.low === true,
    ...(isDesk(role) ? forDesk(part) : {}),
    createdAt: part.createdAt,
    updatedAt: part.updatedAt,
    version: revisionOf(part),
  });
