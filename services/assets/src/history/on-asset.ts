import type { AssetEventV1 } from '@riparo/shared/contracts/assets.events';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import { entriesOfAssetEvent } from './history.js';
import type { HistoryStore } from './history.store.js';

interface Deps {
  readonly history: HistoryStore;
}

/** This service hears its own events: the history is made from what was published. */
export const onAsset =
  ({ history }: Deps): EventHandler<AssetEventV1> =>
  (event) =>
    history.add(event.tenantid, entriesOfAssetEvent(event));
