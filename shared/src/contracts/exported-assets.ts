import type { PublishedAsset } from './assets.events.js';
import type { PublishedPart, PublishedStockMovement } from './parts.events.js';

/** `GET /internal/assets`: a device for a service that rebuilds its replicas. */
export interface ExportedAsset {
  readonly asset: PublishedAsset;
  readonly version: number;
}

/** `GET /internal/parts`: a part for a service that rebuilds its replicas. */
export interface ExportedPart {
  readonly part: PublishedPart;
  readonly version: number;
}

/** `GET /internal/stock-movements`: a line of the ledger of a part for a service that rebuilds its replicas. It never changes. */
export interface ExportedStockMovement {
  readonly movement: PublishedStockMovement;
  /** As it is now, with today's name. */
  readonly part: PublishedPart;
  /** ISO 8601 UTC. */
  readonly at: string;
}
